"""The invoices the benchmarks read: invented, arithmetically consistent, the same bytes on every machine.

Nothing in them belongs to anybody: the companies do not exist, their VAT numbers only have a right check digit. What a
control of SdI can compute (line totals, VAT summary, totals, names) is right, so that "valid" costs what it costs.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from clock import CACHE

SMALL_LINES = 12  # about 8 KB
WRONG = "AliquotaIVA>22.00<", "AliquotaIVA>22,00<"
_CENT = Decimal("0.01")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GOODS = (
    ("Vite a testa svasata in acciaio zincato 4x40", "PZ", "22.00", ""),
    ("Pannello in abete piallato 200x30 cm", "MQ", "22.00", ""),
    ("Farina di grano tenero tipo 0, sacco", "KG", "4.00", ""),
    ("Legna da ardere di faggio, bancale", "QL", "10.00", ""),
    ("Corso di formazione per il personale", "ORE", "0.00", "N4"),
)
_STAMP = """
        <DatiBollo>
          <BolloVirtuale>SI</BolloVirtuale>
          <ImportoBollo>2.00</ImportoBollo>
        </DatiBollo>"""
_LAW = "Esente, art. 10 c. 1 n. 20 DPR 633/72"


@dataclass(frozen=True, slots=True)
class Line:
    """One DettaglioLinee: goods, quantity and unit price; the total is rounded half up to cents."""

    number: int
    quantity: Decimal
    price: Decimal

    @property
    def goods(self) -> tuple[str, str, str, str]:
        """Description, unit, rate and nature."""
        return _GOODS[self.number % len(_GOODS)]

    @property
    def total(self) -> Decimal:
        """PrezzoTotale."""
        return _cents(self.quantity * self.price)


def invoice(lines: int, serial: int = 0) -> bytes:
    """An FPR12 invoice with ``lines`` lines; another ``serial`` gives another number, name and other amounts."""
    rows = [_line(number, serial) for number in range(1, lines + 1)]
    summary = _summary(rows)
    total = sum((net + tax for _, _, net, tax in summary), Decimal(0))
    details = "".join(map(_detail, rows))
    groups = "".join(_group(*group) for group in summary)
    stamp = _STAMP if any(group[1] for group in summary) else ""
    parts = {
        "stamp": stamp,
        "progressive": progressive(serial),
        "vat": supplier(serial),
        "number": f"{serial + 1}/2026",
    }
    return _INVOICE.format(details=details, groups=groups, total=total, **parts).encode()


def file_name(serial: int = 0) -> str:
    """A name as SdI wants it, distinct for every ``serial``."""
    return f"IT{supplier(serial)}_{progressive(serial)}.xml"


def progressive(serial: int) -> str:
    """Five characters 0-9A-Z.

    >>> progressive(0), progressive(36)
    ('00000', '00010')
    """
    digits = ""
    for _ in range(5):
        serial, place = divmod(serial, 36)
        digits = _ALPHABET[place] + digits
    return digits


def supplier(serial: int) -> str:
    """One of a hundred invented VAT numbers, with its check digit."""
    return with_check_digit(f"{7000001 + serial % 100}099")


def with_check_digit(ten: str) -> str:
    """A partita IVA from its first ten digits.

    >>> with_check_digit("0123456789")
    '01234567897'
    """
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(ten)]
    return ten + str(-sum(value - 9 * (value > 9) for value in doubled) % 10)


def small(folder: Path = CACHE) -> Path:
    """The 8 KB invoice as a file."""
    return _kept(folder / "small" / file_name(1), invoice(SMALL_LINES, 1))


def wrong(folder: Path = CACHE) -> Path:
    """The 8 KB invoice with one error: a rate with a decimal comma."""
    text = invoice(SMALL_LINES, 2).decode().replace(*WRONG, 1)
    return _kept(folder / "wrong" / file_name(2), text.encode())


def long(lines: int, folder: Path = CACHE) -> Path:
    """The invoice with ``lines`` lines as a file."""
    return _kept(folder / f"lines-{lines}" / file_name(lines), invoice(lines, lines))


def many(count: int, folder: Path = CACHE) -> Path:
    """A folder of ``count`` distinct invoices of 2 to 6 lines."""
    home = folder / f"folder-{count}"
    last = home / file_name(count - 1)
    if not last.is_file() or last.read_bytes() != _of_folder(count - 1) or len(list(home.iterdir())) != count:
        shutil.rmtree(home, ignore_errors=True)
        for serial in range(count):
            _kept(home / file_name(serial), _of_folder(serial))
    return home


def _of_folder(serial: int) -> bytes:
    return invoice(2 + serial % 5, serial)


def _kept(path: Path, data: bytes) -> Path:
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return path


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _line(number: int, serial: int) -> Line:
    mixed = number * 37 + serial * 11
    return Line(number, Decimal(1 + mixed % 90).quantize(_CENT), Decimal(105 + mixed * 7 % 4900) / 100)


def _summary(rows: list[Line]) -> list[tuple[str, str, Decimal, Decimal]]:
    """Rate, nature, taxable amount and tax, one row a group."""
    nets: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        nets[row.goods[2:]] = nets.get(row.goods[2:], Decimal(0)) + row.total
    return [(rate, kind, net, _cents(net * Decimal(rate) / 100)) for (rate, kind), net in sorted(nets.items())]


def _detail(row: Line) -> str:
    name, unit, rate, nature = row.goods
    kind = f"\n        <Natura>{nature}</Natura>" if nature else ""
    return _DETAIL.format(row=row, name=name, unit=unit, rate=rate, kind=kind)


def _group(rate: str, nature: str, net: Decimal, tax: Decimal) -> str:
    kind = f"\n        <Natura>{nature}</Natura>" if nature else ""
    last = f"<RiferimentoNormativo>{_LAW}</RiferimentoNormativo>" if nature else "<EsigibilitaIVA>I</EsigibilitaIVA>"
    return _GROUP.format(rate=rate, kind=kind, net=net, tax=tax, last=last)


def sizes(paths: list[Path]) -> Iterator[str]:
    """One sentence a file, for the record of a run."""
    return (f"{path.parent.name}: {path.stat().st_size:,} bytes" for path in paths)


_DETAIL = """
      <DettaglioLinee>
        <NumeroLinea>{row.number}</NumeroLinea>
        <Descrizione>{name}</Descrizione>
        <Quantita>{row.quantity}</Quantita>
        <UnitaMisura>{unit}</UnitaMisura>
        <PrezzoUnitario>{row.price:.2f}</PrezzoUnitario>
        <PrezzoTotale>{row.total}</PrezzoTotale>
        <AliquotaIVA>{rate}</AliquotaIVA>{kind}
      </DettaglioLinee>"""
_GROUP = """
      <DatiRiepilogo>
        <AliquotaIVA>{rate}</AliquotaIVA>{kind}
        <ImponibileImporto>{net}</ImponibileImporto>
        <Imposta>{tax}</Imposta>
        {last}
      </DatiRiepilogo>"""
_INVOICE = """<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
  <FatturaElettronicaHeader>
    <DatiTrasmissione>
      <IdTrasmittente>
        <IdPaese>IT</IdPaese>
        <IdCodice>{vat}</IdCodice>
      </IdTrasmittente>
      <ProgressivoInvio>{progressive}</ProgressivoInvio>
      <FormatoTrasmissione>FPR12</FormatoTrasmissione>
      <CodiceDestinatario>0000000</CodiceDestinatario>
      <PECDestinatario>fatture@ricevente.example</PECDestinatario>
    </DatiTrasmissione>
    <CedentePrestatore>
      <DatiAnagrafici>
        <IdFiscaleIVA>
          <IdPaese>IT</IdPaese>
          <IdCodice>{vat}</IdCodice>
        </IdFiscaleIVA>
        <CodiceFiscale>{vat}</CodiceFiscale>
        <Anagrafica>
          <Denominazione>Emporio Immaginario S.r.l.</Denominazione>
        </Anagrafica>
        <RegimeFiscale>RF01</RegimeFiscale>
      </DatiAnagrafici>
      <Sede>
        <Indirizzo>Via delle Prove</Indirizzo>
        <NumeroCivico>7</NumeroCivico>
        <CAP>38122</CAP>
        <Comune>Trento</Comune>
        <Provincia>TN</Provincia>
        <Nazione>IT</Nazione>
      </Sede>
    </CedentePrestatore>
    <CessionarioCommittente>
      <DatiAnagrafici>
        <IdFiscaleIVA>
          <IdPaese>IT</IdPaese>
          <IdCodice>07000990015</IdCodice>
        </IdFiscaleIVA>
        <Anagrafica>
          <Denominazione>Cooperativa Inventata</Denominazione>
        </Anagrafica>
      </DatiAnagrafici>
      <Sede>
        <Indirizzo>Piazza del Campione</Indirizzo>
        <NumeroCivico>12/B</NumeroCivico>
        <CAP>10121</CAP>
        <Comune>Torino</Comune>
        <Provincia>TO</Provincia>
        <Nazione>IT</Nazione>
      </Sede>
    </CessionarioCommittente>
  </FatturaElettronicaHeader>
  <FatturaElettronicaBody>
    <DatiGenerali>
      <DatiGeneraliDocumento>
        <TipoDocumento>TD01</TipoDocumento>
        <Divisa>EUR</Divisa>
        <Data>2026-05-08</Data>
        <Numero>{number}</Numero>{stamp}
        <ImportoTotaleDocumento>{total}</ImportoTotaleDocumento>
        <Causale>Fornitura di prova</Causale>
      </DatiGeneraliDocumento>
      <DatiOrdineAcquisto>
        <IdDocumento>ORD-{progressive}</IdDocumento>
        <Data>2026-04-20</Data>
      </DatiOrdineAcquisto>
    </DatiGenerali>
    <DatiBeniServizi>{details}{groups}
    </DatiBeniServizi>
    <DatiPagamento>
      <CondizioniPagamento>TP02</CondizioniPagamento>
      <DettaglioPagamento>
        <ModalitaPagamento>MP05</ModalitaPagamento>
        <DataScadenzaPagamento>2026-06-30</DataScadenzaPagamento>
        <ImportoPagamento>{total}</ImportoPagamento>
        <IBAN>IT60X0542811101000000123456</IBAN>
      </DettaglioPagamento>
    </DatiPagamento>
  </FatturaElettronicaBody>
</p:FatturaElettronica>
"""
