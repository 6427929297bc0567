"""The body of an ordinary invoice, formats 1.0 to 1.2.3, as a summary."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from typing import Final

from . import due
from .model import Adjustment, Attachment, Fund, Invoice, Line, Payment, Reference, Stamp, VatGroup, Withholding
from .reading import Reader

_RELATED: Final = ("DatiOrdineAcquisto", "DatiContratto", "DatiConvenzione", "DatiRicezione", "DatiFattureCollegate")


def invoice(index: int, body: Reader) -> Invoice:
    """One FatturaElettronicaBody."""
    general = body.at("DatiGenerali/DatiGeneraliDocumento")
    groups = tuple(map(_group, body.all("DatiBeniServizi/DatiRiepilogo")))
    withholdings = tuple(map(_withholding, general.all("DatiRitenuta")))
    payments = tuple(_payments(body))
    kind, stated = general.text("TipoDocumento"), general.text("ImportoTotaleDocumento")
    return Invoice(
        index=index,
        tipo_documento=kind,
        divisa=general.text("Divisa"),
        data=general.text("Data"),
        numero=general.text("Numero"),
        importo_totale_documento=stated,
        arrotondamento=general.text("Arrotondamento"),
        art73=general.text("Art73"),
        causale=general.texts("Causale"),
        linee=tuple(map(_line, body.all("DatiBeniServizi/DettaglioLinee"))),
        riepilogo=groups,
        ritenute=withholdings,
        casse=tuple(map(_fund, general.all("DatiCassaPrevidenziale"))),
        bollo=_stamp(general.at("DatiBollo")),
        sconti_maggiorazioni=_adjustments(general),
        pagamenti=payments,
        riferimenti=tuple(_references(body.at("DatiGenerali"))),
        allegati=attachments(body),
        due=due.ordinary(kind, stated, general.text("Arrotondamento"), groups, withholdings, payments),
    )


def _line(node: Reader) -> Line:
    return Line(
        numero_linea=node.text("NumeroLinea"),
        tipo_cessione_prestazione=node.text("TipoCessionePrestazione"),
        descrizione=node.text("Descrizione"),
        quantita=node.text("Quantita"),
        unita_misura=node.text("UnitaMisura"),
        prezzo_unitario=node.text("PrezzoUnitario"),
        sconti_maggiorazioni=_adjustments(node),
        prezzo_totale=node.text("PrezzoTotale"),
        aliquota_iva=node.text("AliquotaIVA"),
        natura=node.text("Natura"),
        ritenuta=node.text("Ritenuta"),
    )


def _adjustments(node: Reader) -> tuple[Adjustment, ...]:
    return tuple(
        Adjustment(tipo=row.text("Tipo"), percentuale=row.text("Percentuale"), importo=row.text("Importo"))
        for row in node.all("ScontoMaggiorazione")
    )


def _group(node: Reader) -> VatGroup:
    return VatGroup(
        aliquota_iva=node.text("AliquotaIVA"),
        natura=node.text("Natura"),
        spese_accessorie=node.text("SpeseAccessorie"),
        arrotondamento=node.text("Arrotondamento"),
        imponibile_importo=node.text("ImponibileImporto"),
        imposta=node.text("Imposta"),
        esigibilita_iva=node.text("EsigibilitaIVA"),
        riferimento_normativo=node.text("RiferimentoNormativo"),
    )


def _withholding(node: Reader) -> Withholding:
    return Withholding(
        tipo_ritenuta=node.text("TipoRitenuta"),
        importo_ritenuta=node.text("ImportoRitenuta"),
        aliquota_ritenuta=node.text("AliquotaRitenuta"),
        causale_pagamento=node.text("CausalePagamento"),
    )


def _fund(node: Reader) -> Fund:
    return Fund(
        tipo_cassa=node.text("TipoCassa"),
        al_cassa=node.text("AlCassa"),
        importo_contributo_cassa=node.text("ImportoContributoCassa"),
        imponibile_cassa=node.text("ImponibileCassa"),
        aliquota_iva=node.text("AliquotaIVA"),
        ritenuta=node.text("Ritenuta"),
        natura=node.text("Natura"),
    )


def _stamp(node: Reader) -> Stamp | None:
    if not node:
        return None
    return Stamp(
        bollo_virtuale=node.text("BolloVirtuale"),
        numero_bollo=node.text("NumeroBollo"),
        importo_bollo=node.text("ImportoBollo"),
    )


def _payments(body: Reader) -> Iterator[Payment]:
    for block in body.all("DatiPagamento"):
        for node in block.all("DettaglioPagamento"):
            yield Payment(
                condizioni_pagamento=block.text("CondizioniPagamento"),
                beneficiario=node.text("Beneficiario"),
                modalita_pagamento=node.text("ModalitaPagamento"),
                data_riferimento_termini_pagamento=node.text("DataRiferimentoTerminiPagamento"),
                giorni_termini_pagamento=node.text("GiorniTerminiPagamento"),
                data_scadenza_pagamento=node.text("DataScadenzaPagamento"),
                importo_pagamento=node.text("ImportoPagamento"),
                istituto_finanziario=node.text("IstitutoFinanziario"),
                iban=node.text("IBAN"),
                bic=node.text("BIC"),
            )


def _references(general: Reader) -> Iterator[Reference]:
    for name in _RELATED:
        for node in general.all(name):
            yield Reference(
                kind=name,
                numero=node.text("IdDocumento"),
                data=node.text("Data"),
                riferimento_numero_linea=node.texts("RiferimentoNumeroLinea"),
                codice_commessa_convenzione=node.text("CodiceCommessaConvenzione"),
                codice_cup=node.text("CodiceCUP"),
                codice_cig=node.text("CodiceCIG"),
            )
    for node in general.all("DatiDDT"):
        lines = node.texts("RiferimentoNumeroLinea")
        numero, data = node.text("NumeroDDT"), node.text("DataDDT")
        yield Reference(kind="DatiDDT", numero=numero, data=data, riferimento_numero_linea=lines)
    for node in general.all("FatturaPrincipale"):
        numero, data = node.text("NumeroFatturaPrincipale"), node.text("DataFatturaPrincipale")
        yield Reference(kind="FatturaPrincipale", numero=numero, data=data)


def attachments(body: Reader) -> tuple[Attachment, ...]:
    """The files that travel with an invoice, by name and size."""
    return tuple(
        Attachment(
            nome_attachment=node.text("NomeAttachment"),
            formato_attachment=node.text("FormatoAttachment"),
            algoritmo_compressione=node.text("AlgoritmoCompressione"),
            descrizione_attachment=node.text("DescrizioneAttachment"),
            size=_decoded_size(node.text("Attachment")),
        )
        for node in body.all("Allegati")
    )


def _decoded_size(content: str | None) -> int | None:
    try:
        return len(binascii.a2b_base64(content)) if content is not None else None
    except ValueError:  # not ASCII, or not base64
        return None
