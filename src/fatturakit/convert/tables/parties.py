"""The sheet Parties: one row a subject of a file, whatever part it plays."""

from __future__ import annotations

from typing import Final

from ...texts import Text
from .pieces import KEYS, address, ids, names
from .reading import Row
from .spec import Sheet, amount, computed, day, text

_OTHER: Final = "/CessionarioCommittente/AltriDatiIdentificativi"


def _role(row: Row) -> str:
    return row.node.path.removeprefix("/").replace("AltriDatiIdentificativi/", "")


PARTIES: Final = Sheet(
    "parties",
    Text("Soggetti", "Parties"),
    (
        computed("ruolo", "text", _role, "Ruolo", "Role", width=28),
        text(*names("", "Denominazione"), width=28),
        text(*names("", "Nome")),
        text(*names("", "Cognome")),
        text(*ids("", "IdFiscaleIVA/IdPaese"), label=Text("Paese partita IVA", "VAT number country"), width=7),
        text(*ids("", "IdFiscaleIVA/IdCodice"), label=Text("Partita IVA", "VAT number")),
        text(*ids("", "CodiceFiscale"), width=18),
        *address(),
        text(*ids("", "RegimeFiscale"), width=8),
        text("DatiAnagrafici/Anagrafica/Titolo"),
        text("DatiAnagrafici/Anagrafica/CodEORI"),
        text("DatiAnagrafici/AlboProfessionale"),
        text("DatiAnagrafici/ProvinciaAlbo"),
        text("DatiAnagrafici/NumeroIscrizioneAlbo"),
        day("DatiAnagrafici/DataIscrizioneAlbo"),
        text("IscrizioneREA/Ufficio"),
        text("IscrizioneREA/NumeroREA"),
        amount("IscrizioneREA/CapitaleSociale"),
        text("IscrizioneREA/SocioUnico"),
        text("IscrizioneREA/StatoLiquidazione"),
        text("Contatti/Telefono"),
        text("Contatti/Fax"),
        text("Contatti/Email", width=24),
        text("RiferimentoAmministrazione"),
    ),
    ordinary=(
        "/CedentePrestatore",
        "/CedentePrestatore/StabileOrganizzazione",
        "/RappresentanteFiscale",
        "/CessionarioCommittente",
        "/CessionarioCommittente/StabileOrganizzazione",
        "/CessionarioCommittente/RappresentanteFiscale",
        "/TerzoIntermediarioOSoggettoEmittente",
    ),
    simplified=(
        "/CedentePrestatore",
        "/CedentePrestatore/StabileOrganizzazione",
        "/CedentePrestatore/RappresentanteFiscale",
        "/CessionarioCommittente",
        f"{_OTHER}/StabileOrganizzazione",
        f"{_OTHER}/RappresentanteFiscale",
    ),
    keys=KEYS[:1],
)
