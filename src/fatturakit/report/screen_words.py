"""The words of the invoice screen: labels, short names of documents, sentences."""

from __future__ import annotations

from typing import Final

from ..texts import Text
from ._words import Count

FROM: Final = Text("Da", "From")
TO: Final = Text("A", "To")
REPRESENTATIVE: Final = Text("Rappr. fisc.", "Tax repr.")
THIRD: Final = Text("Terzo", "Third party")
ISSUER: Final = Text("Emessa da", "Issuer")
DELIVERY: Final = Text("Recapito", "Delivery")
TYPE: Final = Text("Tipo", "Type")
CAUSE: Final = Text("Causale", "Reason")
STAMP: Final = Text("Bollo", "Stamp duty")
PAYMENT: Final = Text("Pagamento", "Payment")
REFERENCES: Final = Text("Riferimenti", "References")
ATTACHMENTS: Final = Text("Allegati", "Attachments")
SIGNATURE: Final = Text("Firma", "Signature")
CHECKS: Final = Text("Controlli", "Checks")
NOTES: Final = Text("Attenzione", "Mind")

VAT_NUMBER: Final = Text("P.IVA {number}", "VAT no. {number}")
TAX_CODE: Final = Text("C.F. {number}", "tax code {number}")
NAMELESS: Final = Text("(nome mancante)", "(name missing)")
TOWN: Final = Text("{town} ({province})", "{town} ({province})")

DATED: Final = Text("{what} {number} del {date}", "{what} {number} of {date}")
NUMBERED: Final = Text("{what} {number}", "{what} {number}")
UNNUMBERED: Final = Text("{what} senza numero", "{what} without number")
LOT: Final = Text("Lotto di {number} documenti", "Lot of {number} documents")
NO_BODY: Final = Text(
    "Manca FatturaElettronicaBody: il file non contiene alcuna fattura.",
    "FatturaElettronicaBody is missing: the file holds no invoice.",
)
TYPES: Final = {
    "TD01": Text("Fattura", "Invoice"),
    "TD02": Text("Acconto su fattura", "Down payment"),
    "TD03": Text("Acconto su parcella", "Down payment on fees"),
    "TD04": Text("Nota di credito", "Credit note"),
    "TD05": Text("Nota di debito", "Debit note"),
    "TD06": Text("Parcella", "Fee note"),
    "TD07": Text("Fattura semplificata", "Simplified invoice"),
    "TD08": Text("Nota di credito semplificata", "Simplified credit note"),
    "TD09": Text("Nota di debito semplificata", "Simplified debit note"),
    "TD16": Text("Integrazione", "Reverse charge completion"),
    "TD17": Text("Integrazione/autofattura", "Self-invoice"),
    "TD18": Text("Integrazione", "Reverse charge completion"),
    "TD19": Text("Integrazione/autofattura", "Self-invoice"),
    "TD20": Text("Autofattura", "Self-invoice"),
    "TD21": Text("Autofattura", "Self-invoice"),
    "TD22": Text("Estrazione da deposito IVA", "Goods out of VAT warehouse"),
    "TD23": Text("Estrazione da deposito IVA", "Goods out of VAT warehouse"),
    "TD24": Text("Fattura differita", "Deferred invoice"),
    "TD25": Text("Fattura differita", "Deferred invoice"),
    "TD26": Text("Fattura", "Invoice"),
    "TD27": Text("Autofattura", "Self-invoice"),
    "TD28": Text("Acquisto da San Marino", "Purchase from San Marino"),
    "TD29": Text("Comunicazione", "Report"),
}
DOCUMENT: Final = Text("Documento", "Document")

PEC: Final = Text("PEC {address}", "certified e-mail {address}")
CODE: Final = Text("codice destinatario {code}", "recipient code {code}")
OFFICE: Final = Text("ufficio {code} (IndicePA)", "office {code} (IndicePA)")
NO_CODE: Final = Text(
    "nessun codice (0000000): va nell'area riservata del destinatario",
    "no code (0000000): goes to the recipient's reserved area",
)
ABROAD: Final = Text("destinatario estero (XXXXXXX)", "recipient abroad (XXXXXXX)")
NO_OFFICE: Final = Text("ufficio non trovato in IndicePA (999999)", "office not found in IndicePA (999999)")

LINE_NUMBER: Final = Text("#", "#")
DESCRIPTION: Final = Text("Descrizione", "Description")
QUANTITY: Final = Text("Quantità", "Quantity")
PRICE: Final = Text("Prezzo", "Price")
DISCOUNT: Final = Text("Sconto", "Discount")
VAT: Final = Text("IVA", "VAT")
TAX: Final = Text("Imposta", "VAT amount")
TAXABLE: Final = Text("Imponibile", "Taxable")
TOTAL: Final = Text("Totale", "Total")
AMOUNT: Final = Text("Importo", "Amount")
GROSS: Final = Text("Importo ivato", "With VAT")
DATE: Final = Text("Data", "Date")
NUMBER: Final = Text("Numero", "Number")
DUE_TITLE: Final = Text("Da pagare", "Due")
MORE_LINES: Final = Count(Text("altra riga", "more line"), Text("altre righe", "more lines"))
MORE: Final = Text("… e {count}", "… and {count}")
MORE_DOCUMENTS: Final = Count(Text("altro documento", "more document"), Text("altri documenti", "more documents"))
MORE_PAYMENTS: Final = Count(Text("altro pagamento", "more payment"), Text("altri pagamenti", "more payments"))
MORE_REFERENCES: Final = Count(
    Text("altro riferimento", "more reference"), Text("altri riferimenti", "more references")
)
MORE_ATTACHMENTS: Final = Count(Text("altro allegato", "more attachment"), Text("altri allegati", "more attachments"))

DOCUMENT_TOTAL: Final = Text("Totale documento {currency}", "Document total {currency}")
WITHHELD: Final = Text("Ritenuta {what}", "Withholding {what}")
SPLIT: Final = Text(
    "IVA versata dal cessionario (scissione dei pagamenti)", "VAT paid by the buyer to the state (split payment)"
)
DUE: Final = {
    "payable": Text("Netto a pagare {currency}", "Amount due {currency}"),
    "credit": Text("Totale a credito {currency}", "Total credit {currency}"),
}
COMPUTED: Final = Text("{label} (calcolato)", "{label} (computed)")
TO_ONESELF: Final = Text(
    "{code} si invia a sé stessi: non chiede alcun pagamento.", "{code} is sent to oneself: nobody pays on it."
)
DIFFERS: Final = Text(
    "I pagamenti indicati sommano {stated}; dal totale del documento risulta {expected}.",
    "The payments stated add up to {stated}; the document's total gives {expected}.",
)
UNKNOWN_DUE: Final = Text(
    "Totale e netto non si possono calcolare: mancano importi o non sono numeri.",
    "Total and amount due cannot be computed: amounts are missing or are not numbers.",
)
LOT_TOTAL: Final = Text("Totale del lotto {currency} (calcolato)", "Total of the lot {currency} (computed)")
SUPPLEMENT: Final = Text("+ spese accessorie {amount}", "+ ancillary costs {amount}")
ROUNDING: Final = Text("arrotondamento {amount}", "rounding {amount}")
DOCUMENT_ADJUSTMENT: Final = Text("Sconto/maggiorazione sul documento", "Discount/surcharge on the document")

STAMP_VIRTUAL: Final = Text("assolto in modo virtuale{amount}", "paid without a physical stamp{amount}")
STAMP_NUMBERED: Final = Text("numero {number}{amount}", "number {number}{amount}")
STAMP_NOTE: Final = Text(", nel totale solo se addebitato in una riga", ", in the total only if a line charges it")
UNTIL: Final = Text("entro il {date}", "by {date}")
DAYS: Final = Text("{days} giorni dal {date}", "{days} days from {date}")
DAYS_ONLY: Final = Text("{days} giorni", "{days} days")
ON_SIGHT: Final = Text("scadenza non indicata", "no due date stated")
PAYEE: Final = Text("a favore di {name}", "to {name}")
NO_PAYMENT: Final = Text("non indicato nel file", "not stated in the file")

REFERENCE: Final = {
    "DatiOrdineAcquisto": Text("ordine", "order"),
    "DatiContratto": Text("contratto", "contract"),
    "DatiConvenzione": Text("convenzione", "agreement"),
    "DatiRicezione": Text("ricezione", "receipt"),
    "DatiFattureCollegate": Text("fattura", "invoice"),
    "DatiDDT": Text("DDT", "delivery note"),
    "FatturaPrincipale": Text("fattura principale", "main invoice"),
    "DatiFatturaRettificata": Text("rettifica la fattura", "corrects invoice"),
}
OF: Final = Text("{what} del {date}", "{what} of {date}")
ON_LINES: Final = Text("{what} (righe {lines})", "{what} (lines {lines})")
COMPRESSED: Final = Text("compresso {how}", "compressed {how}")
NOT_BASE64: Final = Text("contenuto illeggibile", "content unreadable")

SIGNED: Final = {
    "CAdES": Text("CAdES (.p7m), non verificata qui", "CAdES (.p7m), not verified here"),
    "XAdES": Text("XAdES (dentro l'XML), non verificata qui", "XAdES (inside the XML), not verified here"),
}
UNSIGNED: Final = Text("nessuna", "none")
UNSIGNED_PA: Final = Text("nessuna: verso la PA è obbligatoria", "none: public administrations require one")
CLEAN: Final = Text("nessun errore, nessun avviso", "no errors, no warnings")
COUNTED: Final = Text("{errors}, {warnings}", "{errors}, {warnings}")
NEXT_STEP: Final = Text("fatturakit validate {path}", "fatturakit validate {path}")
UNCHECKED: Final = Text("non riusciti", "failed")
