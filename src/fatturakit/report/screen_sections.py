"""The labelled parts of an invoice screen: parties, delivery, payments, references, attachments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..invoice.model import Attachment, Invoice, InvoiceFile, Party, Payment, Reference
from . import screen_words as words
from .screen import TIED, Column, Page, clip
from .screen_lines import more
from .screen_values import amount, day, decoded, iban, size

_LABELS = 13
_AT_MOST = 6
_CAUSES = 3


def parties(page: Page, file: InvoiceFile) -> Iterator[str]:
    """Who invoices whom, and by which way it goes."""
    yield from page.labelled(words.FROM, _party(page, file.cedente_prestatore))
    if file.rappresentante_fiscale:
        yield from page.labelled(words.REPRESENTATIVE, _party(page, file.rappresentante_fiscale))
    yield from page.labelled(words.TO, _party(page, file.cessionario_committente))
    if file.terzo_intermediario:
        yield from page.labelled(words.THIRD, _party(page, file.terzo_intermediario))
    yield from page.labelled(words.ISSUER, filter(None, [decoded(page, "SoggettoEmittente", file.soggetto_emittente)]))
    yield from page.labelled(words.DELIVERY, filter(None, [" · ".join(_delivery(page, file))]))


def _party(page: Page, party: Party) -> Iterator[str]:
    facts = " · ".join(_facts(page, party))
    if party.name or not party.codice_fiscale:
        yield page.value(party.name) or page.words(words.NAMELESS)
    if facts:
        yield facts


def _facts(page: Page, party: Party) -> Iterator[str]:
    if party.vat_number:
        yield page.words(words.VAT_NUMBER, number=party.vat_number)
    if party.codice_fiscale and not (party.vat_number or "").endswith(party.codice_fiscale):
        yield page.words(words.TAX_CODE, number=party.codice_fiscale)
    if party.comune:
        place = party.provincia or (party.nazione if party.nazione != "IT" else "")
        yield page.words(words.TOWN, town=party.comune, province=place) if place else page.value(party.comune)
    if party.regime_fiscale not in {None, "", "RF01"}:
        yield decoded(page, "RegimeFiscale", party.regime_fiscale)


def _delivery(page: Page, file: InvoiceFile) -> Iterator[str]:
    code = (file.codice_destinatario or "").strip()
    if code == "0000000":
        if not file.pec_destinatario:
            yield page.words(words.NO_CODE)
    elif code in {"XXXXXXX", "999999"}:
        yield page.words(words.ABROAD if code == "XXXXXXX" else words.NO_OFFICE)
    elif code:
        yield page.words(words.OFFICE if len(code) == 6 else words.CODE, code=code)
    if file.pec_destinatario:
        yield page.words(words.PEC, address=file.pec_destinatario)


def causes(page: Page, invoice: Invoice) -> Iterator[str]:
    """Causale, in its first lines (all with -v)."""
    folded = list(page.labelled(words.CAUSE, filter(None, map(page.value, invoice.causale))))
    if len(folded) > _CAUSES and not page.verbose:
        folded = [*folded[: _CAUSES - 1], clip(folded[_CAUSES - 1] + " …", page.width)]
    yield from folded


def stamp(page: Page, invoice: Invoice) -> Iterator[str]:
    """The stamp duty, which is never part of what is due by itself."""
    if invoice.bollo is None:
        return
    value = amount(page, invoice.bollo.importo_bollo)
    text = f" {value}" if value else ""
    number = invoice.bollo.numero_bollo
    said = page.words(words.STAMP_NUMBERED, number=number, amount=text) if number else _virtual(page, text)
    yield from page.labelled(words.STAMP, [said + page.words(words.STAMP_NOTE)])


def _virtual(page: Page, text: str) -> str:
    return page.words(words.STAMP_VIRTUAL, amount=text)


def payments(page: Page, invoice: Invoice) -> Iterator[str]:
    """Under their conditions: when, how much, by which means, to which account."""
    yield from page.labelled(words.PAYMENT, _payment_lines(page, invoice.pagamenti))


def _payment_lines(page: Page, known: Sequence[Payment]) -> Iterator[str]:
    kept = known if page.verbose or len(known) <= _AT_MOST + 1 else known[:_AT_MOST]
    for terms, block in groupby(kept, key=lambda payment: payment.condizioni_pagamento):
        if terms:
            yield decoded(page, "CondizioniPagamento", terms)
        yield from _block(page, list(block))
    if len(kept) < len(known):
        yield more(page, words.MORE_PAYMENTS.say(len(known) - len(kept), page.lang))


def _block(page: Page, block: list[Payment]) -> Iterator[str]:
    heads = [Column("", ">"), Column(""), Column("", flexible=True)]
    rows = [
        [
            amount(page, row.importo_pagamento),
            _when(page, row),
            decoded(page, "ModalitaPagamento", row.modalita_pagamento),
        ]
        for row in block
    ]
    table = page.table(heads, rows, width=page.width - _LABELS)
    accounts = [" · ".join(_account(page, row)) for row in block]
    for place, line in enumerate(table):
        yield line
        if accounts[place] and accounts[place] not in accounts[place + 1 : place + 2]:
            yield accounts[place]


def _when(page: Page, row: Payment) -> str:
    if row.data_scadenza_pagamento:
        return page.words(words.UNTIL, date=day(row.data_scadenza_pagamento, page.lang))
    if row.giorni_termini_pagamento and row.data_riferimento_termini_pagamento:
        start = day(row.data_riferimento_termini_pagamento, page.lang)
        return page.words(words.DAYS, days=row.giorni_termini_pagamento, date=start)
    if row.giorni_termini_pagamento:
        return page.words(words.DAYS_ONLY, days=row.giorni_termini_pagamento)
    return page.words(words.ON_SIGHT)


def _account(page: Page, row: Payment) -> Iterator[str]:
    if row.iban:
        yield f"IBAN {iban(page, row.iban)}"
    if row.istituto_finanziario:
        yield page.value(row.istituto_finanziario)
    if row.beneficiario:
        yield page.words(words.PAYEE, name=row.beneficiario)


def references(page: Page, invoice: Invoice) -> Iterator[str]:
    """Orders, contracts, delivery notes and linked invoices; CIG and CUP where they stand."""
    known = invoice.riferimenti
    kept = known if page.verbose or len(known) <= 2 * _AT_MOST else known[: 2 * _AT_MOST]
    lines = [_of_one_kind(page, kind, list(rows)) for kind, rows in groupby(kept, key=lambda row: row.kind)]
    if len(kept) < len(known):
        lines.append(more(page, words.MORE_REFERENCES.say(len(known) - len(kept), page.lang)))
    yield from page.labelled(words.REFERENCES, lines)


def _of_one_kind(page: Page, kind: str, rows: list[Reference]) -> str:
    return f"{page.words(words.REFERENCE[kind])} " + ", ".join(_reference(page, row) for row in rows)


def _reference(page: Page, row: Reference) -> str:
    text = page.value(row.numero)
    if row.data:
        text = page.words(words.OF, what=text, date=day(row.data, page.lang))
    codes = {"CIG": row.codice_cig, "CUP": row.codice_cup}
    for name, value in codes.items():
        text += f" {name}{TIED}{page.value(value)}" if value else ""
    return text


def attachments(page: Page, invoice: Invoice) -> Iterator[str]:
    """Name, format and size of what travels with the invoice."""
    known = invoice.allegati
    kept = known if page.verbose or len(known) <= _AT_MOST + 1 else known[:_AT_MOST]
    lines = [" · ".join(_attachment(page, row)) for row in kept]
    if len(kept) < len(known):
        lines.append(more(page, words.MORE_ATTACHMENTS.say(len(known) - len(kept), page.lang)))
    yield from page.labelled(words.ATTACHMENTS, lines)


def _attachment(page: Page, row: Attachment) -> Iterator[str]:
    yield page.name(" ".join((row.nome_attachment or "?").split()))
    if row.formato_attachment:
        yield page.value(row.formato_attachment)
    yield page.words(words.NOT_BASE64) if row.size is None else size(row.size, page.lang)
    if row.algoritmo_compressione:
        yield page.words(words.COMPRESSED, how=row.algoritmo_compressione)
    if row.descrizione_attachment:
        yield page.value(row.descrizione_attachment)
