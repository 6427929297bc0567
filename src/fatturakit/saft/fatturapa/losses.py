"""The parts of an invoice that have no place in an audit file, by the names of their elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ...invoice.model import Invoice, InvoiceFile, Reference

CORRECTED: Final = ("DatiFattureCollegate", "DatiFatturaRettificata", "FatturaPrincipale")
ORDERED: Final = ("DatiOrdineAcquisto",)


def kept(invoice: Invoice, kinds: tuple[str, ...]) -> Reference | None:
    """The one reference that the lines can carry: the first of these kinds."""
    return next((row for row in invoice.riferimenti if row.kind in kinds), None)


def lost(file: InvoiceFile, invoice: Invoice, *, correcting: bool) -> list[str]:
    """What is lost, each once, with how many when there are several."""
    counts = Counter(_lost(file, invoice, correcting=correcting))
    return [name if count == 1 else f"{name} ({count})" for name, count in counts.items()]


def _lost(file: InvoiceFile, invoice: Invoice, *, correcting: bool) -> Iterator[str]:
    known = kept(invoice, CORRECTED if correcting else ORDERED)
    for row in invoice.riferimenti:
        if row is not known:
            yield row.kind
        yield from _named(("CodiceCUP", row.codice_cup), ("CodiceCIG", row.codice_cig))
        yield from _named(("CodiceCommessaConvenzione", row.codice_commessa_convenzione))
    if not (correcting and known and len(invoice.causale) == 1):
        yield from ("Causale" for _ in invoice.causale)
    for paid in invoice.pagamenti:
        yield from _named(("Beneficiario", paid.beneficiario), ("IstitutoFinanziario", paid.istituto_finanziario))
        yield from _named(("IBAN", paid.iban), ("BIC", paid.bic))
    for group in invoice.riepilogo:
        yield from _named(("RiferimentoNormativo", group.riferimento_normativo))
    yield from ("ScontoMaggiorazione" for line in invoice.linee for _ in line.sconti_maggiorazioni)
    yield from _named(("Art73", invoice.art73), ("RappresentanteFiscale", file.rappresentante_fiscale))
    yield from _named(("TerzoIntermediarioOSoggettoEmittente", file.terzo_intermediario))


def _named(*found: tuple[str, object]) -> Iterable[str]:
    return (name for name, value in found if value)
