"""The fixed words of the HTML page."""

from __future__ import annotations

from typing import Final

from ..texts import Text

PAGE: Final = {
    "title": Text("Controllo dei documenti", "Document check"),
    "summary": Text("Riepilogo", "Summary"),
    "documents": Text("Documenti", "Documents"),
    "valid": Text("Validi", "Valid"),
    "invalid": Text("Non validi", "Invalid"),
    "unclear": Text("Incerti", "Unclear"),
    "unreadable": Text("Illeggibili", "Unreadable"),
    "errors": Text("Errori", "Errors"),
    "warnings": Text("Avvisi", "Warnings"),
    "infos": Text("Note", "Notes"),
    "list": Text("Elenco dei documenti", "List of documents"),
    "none": Text("Nessun documento è stato controllato.", "No document was checked."),
    "file": Text("File", "File"),
    "document": Text("Documento", "Document"),
    "verdict": Text("Esito", "Verdict"),
    "details": Text("Che cosa correggere", "What to correct"),
    "code": Text("Codice", "Code"),
    "severity": Text("Gravità", "Severity"),
    "line": Text("Riga", "Line"),
    "field": Text("Campo", "Field"),
    "message": Text("Che cosa non va e come rimediare", "What is wrong and how to fix it"),
    "fix": Text("Rimedio:", "Fix:"),
    "body": Text("documento", "document"),
    "as_of": Text("regole in vigore al", "rules in force on"),
    "repairs": Text("Riparazioni fatte in lettura", "Repairs made while reading"),
    "findings": Text("Rilievi", "Findings"),
    "not_evaluated": Text("Controlli non valutati", "Controls not evaluated"),
    "not_evaluated_why": Text(
        "L'esito non comprende questi controlli, per il motivo scritto accanto a ciascuno.",
        "The verdict does not cover these controls, for the reason given beside each.",
    ),
    "reason": Text("Motivo", "Reason"),
    "back": Text("Torna all'elenco", "Back to the list"),
    "made_by": Text(
        "Prodotto sul proprio computer da fatturakit {version}; nessun dato è stato trasmesso.",
        "Made on this computer by fatturakit {version}; no data was sent anywhere.",
    ),
}
