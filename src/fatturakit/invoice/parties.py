"""Who is on an invoice."""

from __future__ import annotations

from .model import Party
from .reading import Reader


def ordinary(node: Reader) -> Party:
    """CedentePrestatore, CessionarioCommittente and the others of an ordinary invoice."""
    facts = node.at("DatiAnagrafici") or node
    return _party(facts, facts.at("Anagrafica") or facts, node.at("Sede"), facts.text("RegimeFiscale"))


def simplified_seller(node: Reader) -> Party:
    """CedentePrestatore of a simplified invoice, where everything stands one level higher."""
    return _party(node, node, node.at("Sede"), node.text("RegimeFiscale"))


def simplified_buyer(node: Reader) -> Party:
    """CessionarioCommittente of a simplified invoice: identifiers apart from the rest, which may be absent."""
    other = node.at("AltriDatiIdentificativi")
    return _party(node.at("IdentificativiFiscali"), other, other.at("Sede"), None)


def optional(node: Reader) -> Party | None:
    """A party that may be absent."""
    return ordinary(node) if node else None


def _party(numbers: Reader, names: Reader, seat: Reader, regime: str | None) -> Party:
    return Party(
        name=names.text("Denominazione") or joined(names.text("Nome"), names.text("Cognome"), between=" "),
        vat_number=joined(numbers.text("IdFiscaleIVA/IdPaese"), numbers.text("IdFiscaleIVA/IdCodice")),
        codice_fiscale=numbers.text("CodiceFiscale"),
        indirizzo=seat.text("Indirizzo"),
        numero_civico=seat.text("NumeroCivico"),
        cap=seat.text("CAP"),
        comune=seat.text("Comune"),
        provincia=seat.text("Provincia"),
        nazione=seat.text("Nazione"),
        regime_fiscale=regime,
    )


def joined(*parts: str | None, between: str = "") -> str | None:
    """The parts there are, None when there is none."""
    return between.join(part for part in parts if part) or None
