"""One invoice as rows of the ledger. What does not fit is said, never silently dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from ...invoice.model import Invoice, InvoiceFile, Line, Party
from ...money import CENT, ZERO, canonical, cents, near, parse, plus, quantise, times
from ...texts import Text
from ..pt.codes import CORRECTING_TYPES
from .losses import CORRECTED, ORDERED, kept, lost
from .mapping import SELF_BILLED, Mapping

Row = dict[str, str]
Say = Callable[..., None]
_PLACES: Final = 12
_MIDNIGHT: Final = "T00:00:00"
_OWN: Final = {"NC": "D"}
_OTHER: Final = {"C": "D", "D": "C"}


class Rows(NamedTuple):
    """A document with its customer and lines; its number is given later, in the order of days."""

    document: Row
    customer: Row
    lines: list[Row]


def identifier(party: Party) -> str:
    """A key for a customer: its VAT number, its tax code, or a digest of its name."""
    plain = party.vat_number or party.codice_fiscale
    if plain:
        return plain[:30]
    digest = hashlib.sha256((party.name or "").encode()).hexdigest()[:12]
    return f"N-{digest}"


def party(given: Party) -> Row:
    """A customer."""
    country = (given.nazione or (given.vat_number or "IT")[:2]).upper()
    number = given.vat_number[2:] if given.vat_number else given.codice_fiscale or ""
    street = " ".join(part for part in (given.indirizzo, given.numero_civico) if part)
    return {
        "id": identifier(given),
        "tax_id": number,
        "name": given.name or number or "Desconhecido",
        "address_detail": street,
        "city": given.comune or "",
        "postal_code": given.cap or "",
        "region": given.provincia or "",
        "country": country,
    }


def rows(file: InvoiceFile, invoice: Invoice, mapping: Mapping, say: Say) -> Rows | None:
    """The rows of one invoice, None (and said why) when it is not one that is exported."""
    kind = mapping.types.get(invoice.tipo_documento or "")
    if kind is None:
        say(_LEFT_OUT, type=invoice.tipo_documento or "-")
        return None
    if (invoice.divisa or "EUR") != "EUR":
        say(_CURRENCY, currency=invoice.divisa)
        return None
    lines = list(_lines(file, invoice, kind, mapping, say))
    if not lines:
        say(_NO_LINES)
        return None
    if _is_negative(lines, kind):
        say(_NEGATIVE, type=kind)
        kind, lines = "NC", _swapped(_lines(file, invoice, "NC", mapping, lambda *_, **__: None))
    customer = party(file.cessionario_committente)
    document = _document(file, invoice, kind, mapping, say) | {"customer": customer["id"]}
    _about(invoice, lines, say)
    names = lost(file, invoice, correcting=kind in CORRECTING_TYPES)
    if names:
        say(_REST, names=", ".join(names))
    return Rows(document, customer, lines)


def _is_negative(lines: list[Row], kind: str) -> bool:
    """Whether the lines of a document come to less than nothing."""
    own, net = _OWN.get(kind, "C"), ZERO
    for line in lines:
        amount = parse(line["amount"]) or ZERO
        net = plus(net, amount if line["side"] == own else -amount)
    return net < 0


def _swapped(lines: Iterator[Row]) -> list[Row]:
    """Lines on the other side."""
    return [line | {"side": _OTHER[line["side"]]} for line in lines]


def _document(file: InvoiceFile, invoice: Invoice, kind: str, mapping: Mapping, say: Say) -> Row:
    day = (invoice.data or "").strip()[:10]
    own = invoice.tipo_documento in SELF_BILLED or file.soggetto_emittente == "CC"
    return {
        "type": kind,
        "date": day,
        "system_entry": day + _MIDNIGHT,
        "user": "FatturaPA",
        "status": "S" if own else "N",
        "self_billing": "1" if own else "0",
        "third_party": "1" if file.soggetto_emittente == "TZ" else "0",
        "payment_terms": _terms(invoice, mapping),
        "original": invoice.numero or "",
        **_withheld(invoice, mapping, say),
    }


def _terms(invoice: Invoice, mapping: Mapping) -> str:
    """When and how it is to be paid, in words: an audit file's Payment is for what has been paid."""
    found = []
    for row in invoice.pagamenti:
        how = mapping.payments.get(row.modalita_pagamento or "", "OU")
        parts = (how, row.data_scadenza_pagamento, row.importo_pagamento)
        found.append(" ".join(part for part in parts if part))
    return "; ".join(found)


def _withheld(invoice: Invoice, mapping: Mapping, say: Say) -> Row:
    if not invoice.ritenute:
        return {}
    amount = ZERO
    for row in invoice.ritenute:
        amount = plus(amount, parse(row.importo_ritenuta) or ZERO)
    kinds = " ".join(row.tipo_ritenuta or "-" for row in invoice.ritenute)
    say(_WITHHOLDING, kinds=kinds)
    return {
        "withholding_type": mapping.withholdings.get(invoice.ritenute[0].tipo_ritenuta or "", ""),
        "withholding_description": f"Ritenuta {kinds}",
        "withholding_amount": f"{abs(amount):f}",
    }


def _lines(file: InvoiceFile, invoice: Invoice, kind: str, mapping: Mapping, say: Say) -> Iterator[Row]:
    for line in invoice.linee:
        made = _line(line, kind, mapping, say, gross=file.simplified)
        if made:
            yield made | _links(invoice, kind)
    for fund in invoice.casse:
        name = f"Cassa previdenziale {fund.tipo_cassa or ''}".strip()
        extra = Line(
            descrizione=name,
            prezzo_totale=fund.importo_contributo_cassa,
            aliquota_iva=fund.aliquota_iva,
            natura=fund.natura,
        )
        yield from _extra(extra, "CASSA-" + (fund.tipo_cassa or "TC"), kind, mapping, say)
    for group in invoice.riepilogo:
        if parse(group.spese_accessorie):
            extra = Line(
                descrizione="Spese accessorie",
                prezzo_totale=group.spese_accessorie,
                aliquota_iva=group.aliquota_iva,
                natura=group.natura,
            )
            yield from _extra(extra, "SPESE", kind, mapping, say)


def _extra(line: Line, product: str, kind: str, mapping: Mapping, say: Say) -> Iterator[Row]:
    made = _line(line, kind, mapping, say, gross=False)
    if made:
        yield made | {"product": product, "product_type": "O"}


def _line(line: Line, kind: str, mapping: Mapping, say: Say, *, gross: bool) -> Row | None:
    total = parse(line.prezzo_totale)
    if total is None:
        say(_NO_AMOUNT, value=line.prezzo_totale or "-")
        return None
    if gross:
        total = _net(total, line)
    count = parse(line.quantita) or Decimal(1)
    if count < 0:
        count = -count
    price = quantise(abs(total) / count, _PLACES).normalize()
    own = _OWN.get(kind, "C")
    words = line.descrizione or "-"
    return {
        "product": "FPA-" + hashlib.sha256(words.encode()).hexdigest()[:10],
        "product_type": "S",
        "description": words,
        "qty": f"{count:f}",
        "uom": line.unita_misura or "UN",
        "unit_price": f"{price:f}",
        "amount": f"{abs(total):f}",
        "side": own if total >= 0 else _OTHER[own],
        **_tax(line, mapping, say),
    }


def _net(total: Decimal, line: Line) -> Decimal:
    """A simplified line without its VAT, which it states as an amount or as a rate."""
    tax = parse(line.imposta)
    if tax is not None:
        return total - tax
    return cents(total * 100 / (100 + (parse(line.aliquota_iva) or ZERO)))


def _tax(line: Line, mapping: Mapping, say: Say) -> Row:
    rate = canonical(line.aliquota_iva)
    if rate is None and parse(line.imposta):
        net = (parse(line.prezzo_totale) or ZERO) - (parse(line.imposta) or ZERO)
        rate = canonical(f"{quantise((parse(line.imposta) or ZERO) * 100 / net, 0):f}") if net else "0"
        say(_RATE, rate=rate)
    if rate and rate != "0":
        return {"tax_type": "IVA", "tax_region": "IT", "tax_rate": rate, "tax_code": mapping.rates.get(rate, "OUT")}
    if not line.natura:
        say(_NO_NATURE)
    kind, code = mapping.nature(line.natura or "N2")
    return {
        "tax_type": kind,
        "tax_region": "IT",
        "tax_rate": "0",
        "tax_code": "NS" if kind == "NS" else "ISE",
        "exemption_code": code,
    }


def _links(invoice: Invoice, kind: str) -> Row:
    if kind in CORRECTING_TYPES:
        corrected = kept(invoice, CORRECTED)
        reason = (invoice.causale or ("Rettifica",))[0]
        return {"reference": corrected.numero or "", "reference_reason": reason[:50]} if corrected else {}
    order = kept(invoice, ORDERED)
    if order:
        return {"order_number": order.numero or "", "order_date": (order.data or "").strip()[:10]}
    return {"order_number": invoice.numero or ""}


def _about(invoice: Invoice, lines: list[Row], say: Say) -> None:
    """What an audit file has no place for."""
    if invoice.bollo and invoice.bollo.importo_bollo:
        say(_STAMP, amount=invoice.bollo.importo_bollo)
    if invoice.sconti_maggiorazioni:
        say(_DISCOUNT)
    if invoice.allegati:
        say(_ATTACHMENTS, count=len(invoice.allegati))
    stated = parse(invoice.importo_totale_documento)
    gross = _gross(lines)
    if stated is not None and not near(abs(stated), gross, CENT):
        say(_TOTAL, stated=stated, gross=gross)


def _gross(lines: list[Row]) -> Decimal:
    sides = {"C": ZERO, "D": ZERO}
    for line in lines:
        amount = parse(line["amount"]) or ZERO
        tax = times(amount, (parse(line["tax_rate"]) or ZERO).scaleb(-2))
        sides[line["side"]] = plus(sides[line["side"]], plus(amount, tax))
    return cents(abs(sides["C"] - sides["D"]))


_NEGATIVE: Final = Text(
    "Il totale di questo {type} è negativo: scritto come nota di credito (NC), con il segno opposto.",
    "The total of this {type} is negative: written as a credit note (NC), with the opposite sign.",
    "O total deste {type} é negativo: escrito como nota de crédito (NC), com o sinal contrário.",
)
_LEFT_OUT: Final = Text(
    "Il tipo {type} integra il documento di un fornitore o non è una vendita: non esportato.",
    "The type {type} completes a supplier's document or is no sale: left out.",
)
_CURRENCY: Final = Text(
    "La fattura è in {currency} e non dice il cambio: non esportata.",
    "The invoice is in {currency} and states no exchange rate: left out.",
)
_NO_LINES: Final = Text("La fattura non ha righe: non esportata.", "The invoice has no lines: left out.")
_NO_AMOUNT: Final = Text("Riga senza importo («{value}»): persa.", "A line without an amount (“{value}”): lost.")
_WITHHOLDING: Final = Text(
    "La ritenuta {kinds} è italiana: resta come descrizione.",
    "The withholding {kinds} is Italian: kept as a description.",
)
_RATE: Final = Text("L'aliquota, non indicata, è circa {rate}%.", "The rate, not stated, is about {rate}%.")
_NO_NATURE: Final = Text(
    "Riga senza IVA e senza Natura: esportata come non soggetta (M99).",
    "A line without VAT and without Natura: exported as not subject (M99).",
)
_STAMP: Final = Text(
    "Il bollo di {amount} non è un'imposta portoghese: non esportato.",
    "The stamp duty of {amount} is not Portuguese: left out.",
)
_DISCOUNT: Final = Text(
    "Lo sconto o la maggiorazione del documento si perde.", "The discount or surcharge of the document is lost."
)
_REST: Final = Text(
    "Non stanno nel file: {names}.", "These have no place in the file: {names}.", "Não têm lugar no ficheiro: {names}."
)
_ATTACHMENTS: Final = Text("Gli allegati ({count}) si perdono.", "The attachments ({count}) are lost.")
_TOTAL: Final = Text(
    "Il totale era {stated}; righe più imposte danno {gross} (arrotondamenti e riepiloghi si perdono).",
    "The total was {stated}; lines and tax make {gross} (rounding and summaries are lost).",
)
