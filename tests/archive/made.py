"""Invoices and messages made for the archive's tests: who, to whom, which number, which answer."""

from __future__ import annotations

import hashlib

from ..samples import administration, invoice

OURS = "IT01879020517"
OTHER = "IT07643520567"
BUYER = "<CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale>"
SELLER = "<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01879020517</IdCodice></IdFiscaleIVA>"
PA = "http://www.fatturapa.gov.it/sdi/messaggi/v1.0"
PRIVATE = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0"
ROOTS = {
    "pa": {
        "RC": "RicevutaConsegna",
        "NS": "NotificaScarto",
        "MC": "NotificaMancataConsegna",
        "NE": "NotificaEsito",
        "DT": "NotificaDecorrenzaTermini",
        "AT": "AttestazioneTrasmissioneFattura",
        "EC": "NotificaEsitoCommittente",
        "SE": "ScartoEsitoCommittente",
        "MT": "MetadatiInvioFile",
    },
    "private": {
        "RC": "RicevutaConsegna",
        "NS": "RicevutaScarto",
        "MC": "RicevutaImpossibilitaRecapito",
        "MT": "FileMetadati",
    },
}


def vat(number: str) -> str:
    return f"<IdFiscaleIVA><IdPaese>{number[:2]}</IdPaese><IdCodice>{number[2:]}</IdCodice></IdFiscaleIVA>"


def sent(serial: int = 1, *changes: tuple[str, str], pa: bool = False) -> tuple[str, bytes]:
    """An invoice of ours: name and bytes."""
    make = administration if pa else invoice
    return f"{OURS}_{serial:05}.xml", make(("12/A", f"{serial}/A"), *changes)


def received(serial: int = 1, *changes: tuple[str, str]) -> tuple[str, bytes]:
    """An invoice somebody else sends us."""
    data = invoice(("12/A", f"{serial}/R"), (SELLER, vat(OTHER)), (BUYER, vat(OURS)), *changes)
    return f"{OTHER}_{serial:05}.xml", data


def message(
    kind: str,
    name: str,
    *,
    pa: bool = False,
    sdi: str = "111",
    data: bytes | None = None,
    answer: str = "",
    about: str = "",
    when: str = "2026-11-05T10:00:00.000+01:00",
    named: bool = True,
) -> tuple[str, bytes]:
    """A message of SdI about the file ``name``: only what the archive reads of it."""
    space, root = (PA, ROOTS["pa"][kind]) if pa else (PRIVATE, ROOTS["private"][kind])
    digest = "" if data is None else f"<Hash>{hashlib.sha256(data).hexdigest()}</Hash>"
    file_name = f"<NomeFile>{name}</NomeFile>" if named else ""
    reply = f"<Esito>{answer}</Esito>" if answer else ""
    if about:
        number, year, position = about.split("|")
        place = f"<PosizioneFattura>{position}</PosizioneFattura>" if position else ""
        reply = (
            f"<RiferimentoFattura><NumeroFattura>{number}</NumeroFattura><AnnoFattura>{year}</AnnoFattura>{place}"
            f"</RiferimentoFattura>{reply}"
        )
    if kind == "NE":
        reply = f"<EsitoCommittente><IdentificativoSdI>{sdi}</IdentificativoSdI>{reply}</EsitoCommittente>"
    body = f"<IdentificativoSdI>{sdi}</IdentificativoSdI>{file_name}{digest}<DataOraRicezione>{when}</DataOraRicezione>"
    xml = f'<?xml version="1.0"?><m:{root} xmlns:m="{space}" versione="1.0">{body}{reply}</m:{root}>'
    return f"{name.partition('.')[0]}_{kind}_{sdi[-3:]}.xml", xml.encode()
