"""Documents that are large in one direction: many lines, references, rows, attachments, attributes, or long texts."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Final

from ..envelope.wrapping import zipped
from ..samples import INVOICE, lines


def _after(mark: str, more: str) -> bytes:
    assert mark in INVOICE
    return INVOICE.replace(mark, mark + more, 1).encode()


def _before(mark: str, more: str) -> bytes:
    assert mark in INVOICE
    return INVOICE.replace(mark, more + mark, 1).encode()


def references(count: int) -> bytes:
    """Orders, each of them for a line."""
    one = "<RiferimentoNumeroLinea>1</RiferimentoNumeroLinea><IdDocumento>{}</IdDocumento>"
    orders = (f"<DatiOrdineAcquisto>{one.format(number)}</DatiOrdineAcquisto>" for number in range(count))
    return _after("</DatiGeneraliDocumento>", "".join(orders))


def line_references(count: int) -> bytes:
    """One order for many lines, over and over the same."""
    each = "<RiferimentoNumeroLinea>1</RiferimentoNumeroLinea>" * count
    return _after(
        "</DatiGeneraliDocumento>", f"<DatiOrdineAcquisto>{each}<IdDocumento>1</IdDocumento></DatiOrdineAcquisto>"
    )


def deliveries(count: int) -> bytes:
    """Delivery notes, each with references to lines."""
    one = (
        "<DatiDDT><NumeroDDT>{0}</NumeroDDT><DataDDT>2026-11-01</DataDDT>"
        "<RiferimentoNumeroLinea>1</RiferimentoNumeroLinea></DatiDDT>"
    )
    return _after("</DatiGeneraliDocumento>", "".join(one.format(number) for number in range(count)))


def summaries(count: int) -> bytes:
    """Rows of the VAT summary, a rate each."""
    one = (
        "<DatiRiepilogo><AliquotaIVA>{}.{:02}</AliquotaIVA><ImponibileImporto>1.00</ImponibileImporto>"
        "<Imposta>0.01</Imposta></DatiRiepilogo>"
    )
    return _before("</DatiBeniServizi>", "".join(one.format(*divmod(number % 9999, 100)) for number in range(count)))


def attached(count: int) -> bytes:
    """Attachments, all of the same name."""
    one = "<Allegati><NomeAttachment>a.txt</NomeAttachment><Attachment>Y2lhbw==</Attachment></Allegati>"
    return _before("</FatturaElettronicaBody>", one * count)


def unknown(count: int) -> bytes:
    """Elements nobody knows."""
    return _after("</Divisa>", "<Boh/>" * count)


def comments(count: int) -> bytes:
    """Comments and instructions in the middle of a text."""
    return _after("<Descrizione>Tavolo", "<!--x--><?x y?>a" * (count // 2))


def wordy(count: int) -> bytes:
    """One text, of many words."""
    return _after("<Descrizione>Tavolo", " parola" * (count * 10))


def solid(count: int) -> bytes:
    """One text without a blank."""
    return _after("<Descrizione>Tavolo", "x" * (count * 40))


def blank(count: int) -> bytes:
    """One text of blanks, and one of line ends."""
    return _after("<Descrizione>Tavolo", " " * (count * 20) + "\n" * (count * 20) + "x")


def digits(count: int) -> bytes:
    """An amount of very many digits."""
    return INVOICE.replace("<PrezzoUnitario>100.00", f"<PrezzoUnitario>{'1' * count * 10}.00", 1).encode()


def causes(count: int) -> bytes:
    """Causali."""
    return _after("</Numero>", "<Causale>perché</Causale>" * count)


def payments(count: int) -> bytes:
    """Payments, with discounts and accounts."""
    one = (
        "<DatiPagamento><CondizioniPagamento>TP01</CondizioniPagamento><DettaglioPagamento><ModalitaPagamento>MP05"
        "</ModalitaPagamento><DataScadenzaPagamento>2026-12-01</DataScadenzaPagamento><ImportoPagamento>1.00"
        "</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento></DatiPagamento>"
    )
    return _before("</FatturaElettronicaBody>", one * count)


def bodies(count: int) -> bytes:
    """A lot of invoices, all with the same number."""
    start, end = INVOICE.index("  <FatturaElettronicaBody>"), INVOICE.index("</p:FatturaElettronica>")
    return (INVOICE[:start] + INVOICE[start:end] * (count // 8) + INVOICE[end:]).encode()


def data_of_lines(count: int) -> bytes:
    """Further data of one line."""
    one = "<AltriDatiGestionali><TipoDato>X</TipoDato><RiferimentoTesto>y</RiferimentoTesto></AltriDatiGestionali>"
    return _after("<AliquotaIVA>22.00</AliquotaIVA>", one * count)


def fat(count: int) -> bytes:
    """One large attachment."""
    data = base64.b64encode(bytes(range(256)) * count).decode()
    return _before(
        "</FatturaElettronicaBody>",
        f"<Allegati><NomeAttachment>a.bin</NomeAttachment><Attachment>{data}</Attachment></Allegati>",
    )


def packed(count: int) -> bytes:
    """Files in a compressed attachment, and their names all the same but for case."""
    data = base64.b64encode(zipped({f"a{number}.txt": b"" for number in range(min(count, 900))})).decode()
    one = f"<Allegati><NomeAttachment>a.zip</NomeAttachment><Attachment>{data}</Attachment></Allegati>"
    return _before("</FatturaElettronicaBody>", one * (count // 900 + 1))


SHAPES: Final[dict[str, Callable[[int], bytes]]] = {
    each.__name__: each
    for each in (
        *(lines, references, line_references, deliveries, summaries, attached, unknown),
        *(comments, wordy, solid, blank, digits, causes, payments, bodies, data_of_lines, fat, packed),
    )
}
