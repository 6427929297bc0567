"""What a summary holds: small frozen records whose values are strings exactly as the XML has them.

Names are those of the schema in lower case with underscores; English ones are ours: joined (``name``,
``vat_number``), measured (``size``) or computed (``due``). None means that the document does not say.
Named tuples, because fourteen dataclasses cost a cold start 25 ms.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

Written = str | None
DueKind = Literal["payable", "credit", "none"]


class Party(NamedTuple):
    """Somebody on an invoice. name: Denominazione, else Nome and Cognome; vat_number: IdPaese and IdCodice joined."""

    name: Written = None
    vat_number: Written = None
    codice_fiscale: Written = None
    indirizzo: Written = None
    numero_civico: Written = None
    cap: Written = None
    comune: Written = None
    provincia: Written = None
    nazione: Written = None
    regime_fiscale: Written = None


class Adjustment(NamedTuple):
    """A ScontoMaggiorazione: SC or MG, a percentage or an amount (the amount wins)."""

    tipo: Written = None
    percentuale: Written = None
    importo: Written = None


class Line(NamedTuple):
    """A DettaglioLinee; of simplified invoices prezzo_totale is Importo (gross) and imposta is theirs alone."""

    numero_linea: Written = None
    tipo_cessione_prestazione: Written = None
    descrizione: Written = None
    quantita: Written = None
    unita_misura: Written = None
    prezzo_unitario: Written = None
    sconti_maggiorazioni: tuple[Adjustment, ...] = ()
    prezzo_totale: Written = None
    aliquota_iva: Written = None
    imposta: Written = None
    natura: Written = None
    ritenuta: Written = None


class VatGroup(NamedTuple):
    """A DatiRiepilogo."""

    aliquota_iva: Written = None
    natura: Written = None
    spese_accessorie: Written = None
    arrotondamento: Written = None
    imponibile_importo: Written = None
    imposta: Written = None
    esigibilita_iva: Written = None
    riferimento_normativo: Written = None


class Withholding(NamedTuple):
    """A DatiRitenuta."""

    tipo_ritenuta: Written = None
    importo_ritenuta: Written = None
    aliquota_ritenuta: Written = None
    causale_pagamento: Written = None


class Fund(NamedTuple):
    """A DatiCassaPrevidenziale."""

    tipo_cassa: Written = None
    al_cassa: Written = None
    importo_contributo_cassa: Written = None
    imponibile_cassa: Written = None
    aliquota_iva: Written = None
    ritenuta: Written = None
    natura: Written = None


class Stamp(NamedTuple):
    """DatiBollo; numero_bollo is of format 1.0."""

    bollo_virtuale: Written = None
    numero_bollo: Written = None
    importo_bollo: Written = None


class Payment(NamedTuple):
    """A DettaglioPagamento under its CondizioniPagamento."""

    condizioni_pagamento: Written = None
    beneficiario: Written = None
    modalita_pagamento: Written = None
    data_riferimento_termini_pagamento: Written = None
    giorni_termini_pagamento: Written = None
    data_scadenza_pagamento: Written = None
    importo_pagamento: Written = None
    istituto_finanziario: Written = None
    iban: Written = None
    bic: Written = None


class Reference(NamedTuple):
    """Another document that is named. kind: the element it stands in ("DatiOrdineAcquisto", "DatiDDT", …)."""

    kind: str
    numero: Written = None
    data: Written = None
    riferimento_numero_linea: tuple[str, ...] = ()
    codice_commessa_convenzione: Written = None
    codice_cup: Written = None
    codice_cig: Written = None


class Attachment(NamedTuple):
    """An Allegati without its content. size: bytes once decoded, None when it is not base64."""

    nome_attachment: Written = None
    formato_attachment: Written = None
    algoritmo_compressione: Written = None
    descrizione_attachment: Written = None
    size: int | None = None


class Due(NamedTuple):
    """What is to be paid, and how we know.

    kind: "payable", "credit" (a credit note) or "none" (sent to oneself: nobody pays on it); amount: what is due;
    computed: the XML does not state it, it is total − withheld − split_vat; expected: that computation where it differs
    from the stated amount by more than a cent; total and total_computed: likewise for the document's total.
    """

    kind: DueKind
    amount: Decimal | None = None
    computed: bool = False
    expected: Decimal | None = None
    total: Decimal | None = None
    total_computed: bool = False
    withheld: Decimal = Decimal(0)
    split_vat: Decimal = Decimal(0)


class Invoice(NamedTuple):
    """One FatturaElettronicaBody."""

    index: int  # type: ignore[assignment]  # hides tuple.index, as in findings.BodyKey
    tipo_documento: Written = None
    divisa: Written = None
    data: Written = None
    numero: Written = None
    importo_totale_documento: Written = None
    arrotondamento: Written = None
    art73: Written = None
    causale: tuple[str, ...] = ()
    linee: tuple[Line, ...] = ()
    riepilogo: tuple[VatGroup, ...] = ()
    ritenute: tuple[Withholding, ...] = ()
    casse: tuple[Fund, ...] = ()
    bollo: Stamp | None = None
    sconti_maggiorazioni: tuple[Adjustment, ...] = ()
    pagamenti: tuple[Payment, ...] = ()
    riferimenti: tuple[Reference, ...] = ()
    allegati: tuple[Attachment, ...] = ()
    due: Due = Due(kind="payable")


class InvoiceFile(NamedTuple):
    """An invoice or a lot: who, to whom, by which way, and the documents."""

    formato_trasmissione: Written = None
    versione: Written = None
    progressivo_invio: Written = None
    codice_destinatario: Written = None
    pec_destinatario: Written = None
    soggetto_emittente: Written = None
    cedente_prestatore: Party = Party()
    cessionario_committente: Party = Party()
    rappresentante_fiscale: Party | None = None
    terzo_intermediario: Party | None = None
    bodies: tuple[Invoice, ...] = ()
    simplified: bool = False
