"""Everything that can be said of a receipt: one row a code, its severity and its sentences."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..findings import Finding, Layer, Severity
from ..texts import EMPTY, Text


class Row(NamedTuple):
    """A code: how bad it is, about the shape of the JSON (xsd) or about what it says (sdi, advice), and the words."""

    severity: Severity
    layer: Layer
    message: Text
    fix: Text = EMPTY


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_SHAPE, _RULE, _ADVICE = Layer.XSD, Layer.SDI, Layer.ADVICE

ROWS: Final = {
    "SR001": Row(
        _ERROR, _SHAPE, Text("Manca «{name}».", "“{name}” is missing."), Text("Aggiungi «{name}».", "Add “{name}”.")
    ),
    "SR002": Row(
        _ERROR,
        _SHAPE,
        Text("«{name}» è {found}: serve {wanted}.", "“{name}” is {found}: it must be {wanted}."),
        Text("Scrivi {wanted}.", "Write {wanted}."),
    ),
    "SR003": Row(
        _WARNING,
        _SHAPE,
        Text("«{name}» non è un campo dello scontrino.", "“{name}” is no field of a receipt."),
        Text("Toglilo, o correggi il nome{near}.", "Remove it, or mend its name{near}."),
    ),
    "SR004": Row(
        _ERROR,
        _SHAPE,
        Text("«{name}» è scritto più volte.", "“{name}” is written more than once."),
        Text("Lascia un solo valore.", "Leave one value."),
    ),
    "SR005": Row(
        _ERROR,
        _SHAPE,
        Text("«{name}» vale {found}: al più {most} decimali.", "“{name}” is {found}: at most {most} decimals."),
        Text("Arrotonda il valore.", "Round the value."),
    ),
    "SR006": Row(
        _ERROR,
        _SHAPE,
        Text("«{name}» vale {found}: il minimo è {least}.", "“{name}” is {found}: the least is {least}."),
        Text("Un reso o un annullamento sono documenti a parte.", "A return and a void are receipts of their own."),
    ),
    "SR007": Row(
        _ERROR,
        _SHAPE,
        Text(
            "«{name}» ha {found} caratteri o voci: da {least} a {most}.",
            "“{name}” has {found} characters or entries: {least} to {most}.",
        ),
        Text("Accorcialo o riempilo.", "Shorten it or fill it."),
    ),
    "SR010": Row(
        _ERROR,
        _RULE,
        Text("fiscal_id «{found}» non è una partita IVA italiana.", "fiscal_id “{found}” is no Italian VAT number."),
        Text("Scrivi le undici cifre, senza IT davanti.", "Write the eleven digits, without IT in front."),
    ),
    "SR011": Row(
        _WARNING,
        _RULE,
        Text(
            "La cifra di controllo di fiscal_id «{found}» non torna: dovrebbe finire per {expected}.",
            "The check digit of fiscal_id “{found}” is wrong: it should end in {expected}.",
        ),
        Text("Controlla il numero.", "Check the number."),
    ),
    "SR012": Row(
        _ERROR,
        _RULE,
        Text("Lo scontrino non ha righe.", "The receipt has no items."),
        Text("Aggiungi almeno una riga in «items».", "Add at least one entry to “items”."),
    ),
    "SR013": Row(
        _ERROR,
        _RULE,
        Text(
            "Riga {item}: «{found}» non è un codice IVA degli scontrini.",
            "Item {item}: “{found}” is no VAT code of receipts.",
        ),
        Text("Usa un testo fra {known}.", "Use a text among {known}."),
    ),
    "SR014": Row(
        _ERROR,
        _RULE,
        Text(
            "Riga {item}: uno sconto e un omaggio insieme.",
            "Item {item}: a discount and complimentary at once.",
        ),
        Text("Togli «discount» o «complimentary».", "Remove “discount” or “complimentary”."),
    ),
    "SR015": Row(
        _ERROR,
        _RULE,
        Text(
            "Riga {item}: lo sconto {discount} supera il prezzo {gross}.",
            "Item {item}: the discount {discount} is more than the price {gross}.",
        ),
        Text("Lo sconto di una riga è su tutta la quantità.", "The discount of an item is for its whole quantity."),
    ),
    "SR016": Row(
        _ERROR,
        _RULE,
        Text(
            "Lo sconto {discount} supera il totale delle righe {gross}.",
            "The discount {discount} is more than the items come to, {gross}.",
        ),
        Text("Correggi «discount».", "Mend “discount”."),
    ),
    "SR020": Row(
        _ERROR,
        _RULE,
        Text(
            "I pagamenti ({paid}) non coprono il totale {total}: mancano {missing}.",
            "The payments ({paid}) do not cover the total {total}: {missing} is missing.",
        ),
        Text(
            "Totale = righe meno sconti; si contano contanti, elettronico, buoni pasto e non riscosso.",
            "Total = items less discounts; cash, electronic, restaurant tickets and uncollected amounts count.",
        ),
    ),
    "SR021": Row(
        _WARNING,
        _ADVICE,
        Text(
            "I pagamenti ({paid}) superano il totale {total} di {over}.",
            "The payments ({paid}) are {over} more than the total {total}.",
        ),
        Text("Il resto non si scrive: indica quanto è rimasto in cassa.", "Change is not written: say what was kept."),
    ),
    "SR022": Row(
        _ERROR,
        _RULE,
        Text(
            "Buoni pasto: l'importo ({amount}) e il numero ({quantity}) vanno insieme.",
            "Restaurant tickets: the amount ({amount}) and the number ({quantity}) go together.",
        ),
        Text(
            "Scrivi entrambi «ticket_restaurant_payment_amount» e «ticket_restaurant_quantity», o nessuno.",
            "Write both “ticket_restaurant_payment_amount” and “ticket_restaurant_quantity”, or neither.",
        ),
    ),
    "SR023": Row(
        _ERROR,
        _RULE,
        Text(
            "C'è un importo non riscosso ({amount}) senza «invoice_issuing».",
            "There is an uncollected amount ({amount}) without “invoice_issuing”.",
        ),
        Text("Metti «invoice_issuing»: true, se segue fattura.", "Set “invoice_issuing”: true, if an invoice follows."),
    ),
    "SR024": Row(
        _ERROR,
        _RULE,
        Text("«invoice_issuing» senza un importo non riscosso.", "“invoice_issuing” without an uncollected amount."),
        Text(
            "Scrivi quanto segue con fattura in «goods_uncollected_amount» o «services_uncollected_amount».",
            "Write what the invoice will collect in “goods_uncollected_amount” or “services_uncollected_amount”.",
        ),
    ),
    "SR030": Row(
        _ERROR,
        _RULE,
        Text(
            "Il codice lotteria «{found}» non ha otto lettere o cifre.",
            "The lottery code “{found}” is not eight letters or digits.",
        ),
        Text("Copialo dal codice a barre del cliente.", "Copy it from the customer's bar code."),
    ),
    "SR031": Row(
        _ERROR,
        _RULE,
        Text(
            "Con il codice lotteria il totale deve arrivare a 1,00 euro: è {total}.",
            "With a lottery code the total must reach 1.00 euro: it is {total}.",
        ),
        Text("Togli «lottery_code».", "Remove “lottery_code”."),
    ),
    "SR032": Row(
        _ERROR,
        _RULE,
        Text(
            "Con il codice lotteria tutto il totale {total} va pagato in elettronico: lo è {electronic}.",
            "With a lottery code the whole total {total} must be paid electronically: {electronic} is.",
        ),
        Text("Togli «lottery_code».", "Remove “lottery_code”."),
    ),
    "SR040": Row(
        _WARNING,
        _ADVICE,
        Text(
            "Alle {time} (ora di Roma) lo scontrino parte solo dopo mezzanotte, con la data di domani.",
            "At {time} (Rome time) the receipt leaves only after midnight, with the date of tomorrow.",
        ),
        Text(
            "Dalle 23:55 alle 00:00 l'invio è sospeso: invia prima, o accetta la nuova data.",
            "From 23:55 to 00:00 nothing is transmitted: send it before, or accept the new date.",
        ),
    ),
    "SR041": Row(
        _ERROR,
        _RULE,
        Text(
            "Le credenziali sono del {since}: dopo 90 giorni ({until}) non valgono più.",
            "The credentials are of {since}: after 90 days ({until}) they are no longer valid.",
        ),
        Text("Rinnova «receipts_authentication» nella configurazione.", "Renew “receipts_authentication”."),
    ),
    "SR042": Row(
        _WARNING,
        _ADVICE,
        Text(
            "Le credenziali scadono il {until}: mancano {days} giorni.",
            "The credentials expire on {until}: {days} days are left.",
        ),
        Text("Rinnova «receipts_authentication» in tempo.", "Renew “receipts_authentication” in time."),
    ),
    "SR043": Row(
        _ERROR,
        _RULE,
        Text(
            "La configurazione di {found} non permette scontrini.",
            "The configuration of {found} does not allow receipts.",
        ),
        Text("Metti «receipts»: true nella configurazione.", "Set “receipts”: true in the configuration."),
    ),
    "SR050": Row(
        _ERROR,
        _RULE,
        Text(
            "Lo scontrino è del {since}: si annulla entro 24 ore, cioè fino al {until}.",
            "The receipt is of {since}: it can be voided within 24 hours, until {until}.",
        ),
        Text("Fai un reso.", "Make a return."),
    ),
    "SR051": Row(
        _ERROR,
        _RULE,
        Text(
            "Uno scontrino «{type}» in stato «{status}» non si può annullare né rendere.",
            "A receipt “{type}” in status “{status}” can be neither voided nor returned.",
        ),
        Text(
            "Serve una vendita inviata («submitted» o «ready»).", "It takes a sale that was “submitted” or is “ready”."
        ),
    ),
    "SR052": Row(
        _ERROR,
        _RULE,
        Text("Lo scontrino non ha una riga con id «{found}».", "The receipt has no item with the id “{found}”."),
        Text("Gli id delle righe dello scontrino elaborato: {known}.", "The ids of the processed receipt: {known}."),
    ),
    "SR053": Row(
        _ERROR,
        _RULE,
        Text(
            "Riga «{id}»: se ne rendono {found}, ma ne restano {left}.",
            "Item “{id}”: {found} are returned, but {left} are left.",
        ),
        Text("Riduci «quantity».", "Reduce “quantity”."),
    ),
    "SR054": Row(
        _ERROR,
        _RULE,
        Text(
            "Lo scontrino non dice quando è stato emesso: le 24 ore non si possono contare.",
            "The receipt does not say when it was made: the 24 hours cannot be counted.",
        ),
        Text(
            "Usa lo scontrino come lo restituisce il servizio, con «created_at».",
            "Use the receipt as the service returns it, with “created_at”.",
        ),
    ),
}


def said(code: str, pointer: str, **args: str | Text) -> Finding:
    """The finding of a code at a JSON Pointer."""
    row = ROWS[code]
    return Finding(code, row.severity, row.layer, row.message, row.fix, path=pointer, args=args)
