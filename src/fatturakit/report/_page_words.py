"""The fixed words of the HTML page."""

from __future__ import annotations

from typing import Final

from ..texts import Text

PAGE: Final = {
    "title": Text("Controllo dei documenti", "Document check", "Verificação de documentos"),
    "summary": Text("Riepilogo", "Summary", "Resumo"),
    "documents": Text("Documenti", "Documents", "Documentos"),
    "valid": Text("Validi", "Valid", "Válidos"),
    "invalid": Text("Non validi", "Invalid", "Inválidos"),
    "unclear": Text("Incerti", "Unclear", "Incertos"),
    "unreadable": Text("Illeggibili", "Unreadable", "Ilegíveis"),
    "errors": Text("Errori", "Errors", "Erros"),
    "warnings": Text("Avvisi", "Warnings", "Avisos"),
    "infos": Text("Note", "Notes", "Notas"),
    "list": Text("Elenco dei documenti", "List of documents", "Lista dos documentos"),
    "none": Text(
        "Nessun documento è stato controllato.", "No document was checked.", "Nenhum documento foi verificado."
    ),
    "file": Text("File", "File", "Ficheiro"),
    "document": Text("Documento", "Document", "Documento"),
    "verdict": Text("Esito", "Verdict", "Resultado"),
    "details": Text("Che cosa correggere", "What to correct", "O que corrigir"),
    "code": Text("Codice", "Code", "Código"),
    "severity": Text("Gravità", "Severity", "Gravidade"),
    "line": Text("Riga", "Line", "Linha"),
    "field": Text("Campo", "Field", "Campo"),
    "message": Text(
        "Che cosa non va e come rimediare", "What is wrong and how to fix it", "O que está errado e como corrigir"
    ),
    "fix": Text("Rimedio:", "Fix:", "Solução:"),
    "body": Text("documento", "document", "documento"),
    "as_of": Text("regole in vigore al", "rules in force on", "regras em vigor em"),
    "repairs": Text("Riparazioni fatte in lettura", "Repairs made while reading", "Reparações feitas na leitura"),
    "findings": Text("Rilievi", "Findings", "Constatações"),
    "not_evaluated": Text("Controlli non valutati", "Controls not evaluated", "Controlos não avaliados"),
    "not_evaluated_why": Text(
        "L'esito non comprende questi controlli, per il motivo scritto accanto a ciascuno.",
        "The verdict does not cover these controls, for the reason given beside each.",
        "O resultado não abrange estes controlos, pelo motivo indicado junto de cada um.",
    ),
    "reason": Text("Motivo", "Reason", "Motivo"),
    "back": Text("Torna all'elenco", "Back to the list", "Voltar à lista"),
    "made_by": Text(
        "Prodotto sul proprio computer da fatturakit {version}; nessun dato è stato trasmesso.",
        "Made on this computer by fatturakit {version}; no data was sent anywhere.",
        "Produzido neste computador pelo fatturakit {version}; nenhum dado foi transmitido.",
    ),
}
