"""Documents made in tests: a small valid invoice, and ways to change it."""

from __future__ import annotations

import zipfile
from pathlib import Path

NS = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
NAME = "IT01879020517_00001.xml"

INVOICE = f"""<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="FPR12" xmlns:p="{NS}">
  <FatturaElettronicaHeader>
    <DatiTrasmissione>
      <IdTrasmittente><IdPaese>IT</IdPaese><IdCodice>01879020517</IdCodice></IdTrasmittente>
      <ProgressivoInvio>00001</ProgressivoInvio>
      <FormatoTrasmissione>FPR12</FormatoTrasmissione>
      <CodiceDestinatario>0000000</CodiceDestinatario>
    </DatiTrasmissione>
    <CedentePrestatore>
      <DatiAnagrafici>
        <IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01879020517</IdCodice></IdFiscaleIVA>
        <Anagrafica><Denominazione>Falegnameria Colle</Denominazione></Anagrafica>
        <RegimeFiscale>RF01</RegimeFiscale>
      </DatiAnagrafici>
      <Sede><Indirizzo>Via Lunga 1</Indirizzo><CAP>52100</CAP><Comune>Arezzo</Comune><Nazione>IT</Nazione></Sede>
    </CedentePrestatore>
    <CessionarioCommittente>
      <DatiAnagrafici>
        <CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale>
        <Anagrafica><Nome>Mario</Nome><Cognome>Rossi</Cognome></Anagrafica>
      </DatiAnagrafici>
      <Sede><Indirizzo>Via Corta 2</Indirizzo><CAP>00184</CAP><Comune>Roma</Comune><Nazione>IT</Nazione></Sede>
    </CessionarioCommittente>
  </FatturaElettronicaHeader>
  <FatturaElettronicaBody>
    <DatiGenerali>
      <DatiGeneraliDocumento>
        <TipoDocumento>TD01</TipoDocumento>
        <Divisa>EUR</Divisa>
        <Data>2026-11-03</Data>
        <Numero>12/A</Numero>
      </DatiGeneraliDocumento>
    </DatiGenerali>
    <DatiBeniServizi>
      <DettaglioLinee>
        <NumeroLinea>1</NumeroLinea>
        <Descrizione>Tavolo</Descrizione>
        <PrezzoUnitario>100.00</PrezzoUnitario>
        <PrezzoTotale>100.00</PrezzoTotale>
        <AliquotaIVA>22.00</AliquotaIVA>
      </DettaglioLinee>
      <DatiRiepilogo>
        <AliquotaIVA>22.00</AliquotaIVA>
        <ImponibileImporto>100.00</ImponibileImporto>
        <Imposta>22.00</Imposta>
      </DatiRiepilogo>
    </DatiBeniServizi>
  </FatturaElettronicaBody>
</p:FatturaElettronica>
"""


def invoice(*changes: tuple[str, str]) -> bytes:
    """The invoice with each ``old`` text replaced by ``new`` once; fails when there is nothing to replace."""
    text = INVOICE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()


def administration(*changes: tuple[str, str]) -> bytes:
    """The invoice addressed to an office of the public administration (FPA12), unsigned."""
    return invoice(
        ('versione="FPR12"', 'versione="FPA12"'),
        ("<FormatoTrasmissione>FPR12", "<FormatoTrasmissione>FPA12"),
        ("0000000", "UFABCD"),
        *changes,
    )


def lines(count: int) -> bytes:
    """An invoice with ``count`` detail lines."""
    start = INVOICE.index("      <DettaglioLinee>")
    end = INVOICE.index("      <DatiRiepilogo>")
    one = INVOICE[start:end]
    many = "".join(one.replace("<NumeroLinea>1<", f"<NumeroLinea>{number}<") for number in range(1, count + 1))
    sums = (
        INVOICE[end:]
        .replace("Importo>100.00", f"Importo>{count * 100}.00")
        .replace("Imposta>22", f"Imposta>{count * 22}")
    )
    return (INVOICE[:start] + many + sums).encode()


def archive_of(path: Path, members: dict[str, bytes]) -> Path:
    """A ZIP with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return path
