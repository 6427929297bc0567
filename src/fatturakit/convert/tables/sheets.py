"""The sheets and their columns: what of an invoice stands where. This is the whole declaration; the rest is machinery.

Every sheet begins with the key of the document (file and body), by which the sheets are joined, and with what a person
needs to recognise it. Documents to Attachments are the sheets accountants ask for. Funds, Discounts, LineData,
Transport and Parties hold what would be lost otherwise, because it repeats below a line or a document or would make
Documents unreadably wide. Notes say what is not in the cells, and which files could not be read.
"""

from __future__ import annotations

from typing import Final

from ...texts import Text
from . import accounting, pieces
from .accounting import GENERAL, GROUPS, LINES, PAYMENTS, WITHHOLDINGS
from .documents import DOCUMENTS
from .notes import NOTES
from .parties import PARTIES
from .pieces import KEYS
from .spec import Sheet, amount, day, flag, percent, price, text, whole

_CORRECTED: Final = "DatiGenerali/DatiFatturaRettificata"
_RELATED: Final = ("DatiOrdineAcquisto", "DatiContratto", "DatiConvenzione", "DatiRicezione", "DatiFattureCollegate")
_CARRIER: Final = "DatiAnagraficiVettore/"
LINES_SHEET: Final = Sheet(
    "lines",
    Text("Righe", "Lines"),
    (
        pieces.LINE,
        whole("NumeroLinea"),
        text("TipoCessionePrestazione", width=8),
        pieces.ITEM_CODES,
        text("Descrizione", width=48),
        price("Quantita"),
        text("UnitaMisura", width=8),
        day("DataInizioPeriodo"),
        day("DataFinePeriodo"),
        price("PrezzoUnitario"),
        pieces.ADJUSTMENTS,
        price("PrezzoTotale", "Importo"),
        percent("AliquotaIVA", "DatiIVA/Aliquota"),
        text("Natura", width=7),
        amount("DatiIVA/Imposta"),
        flag("Ritenuta"),
        text("RiferimentoNormativo"),
        text("RiferimentoAmministrazione"),
        pieces.OTHER_DATA,
        pieces.accounting_amount("PrezzoTotale", "Importo", style="price"),
    ),
    ordinary=(LINES,),
    simplified=(accounting.GROSS_LINES,),
    keys=KEYS,
)
VAT: Final = Sheet(
    "vat",
    Text("IVA", "VAT"),
    (
        percent("AliquotaIVA", "DatiIVA/Aliquota"),
        text("Natura", width=7),
        pieces.stated_or("ImponibileImporto", accounting.net_inside),
        pieces.stated_or("Imposta", accounting.tax_inside),
        pieces.COMPUTED,
        text("EsigibilitaIVA", width=8),
        amount("SpeseAccessorie"),
        price("Arrotondamento"),
        text("RiferimentoNormativo", width=24),
        pieces.booked(
            "accounting_taxable",
            "ImponibileImporto",
            accounting.net_inside,
            "Imponibile contabile",
            "Accounting taxable",
        ),
        pieces.booked("accounting_tax", "Imposta", accounting.tax_inside, "Imposta contabile", "Accounting tax"),
    ),
    ordinary=(GROUPS,),
    simplified=(accounting.GROSS_LINES,),
    keys=KEYS,
)
PAYMENTS_SHEET: Final = Sheet(
    "payments",
    Text("Pagamenti", "Payments"),
    (
        text("../CondizioniPagamento", width=8),
        text("ModalitaPagamento", width=8),
        day("DataScadenzaPagamento"),
        amount("ImportoPagamento"),
        pieces.accounting_amount("ImportoPagamento"),
        text("Beneficiario"),
        day("DataRiferimentoTerminiPagamento"),
        whole("GiorniTerminiPagamento"),
        text("IstitutoFinanziario"),
        text("IBAN", width=28),
        text("ABI", width=7),
        text("CAB", width=7),
        text("BIC", width=12),
        text("CodUfficioPostale"),
        text("CognomeQuietanzante"),
        text("NomeQuietanzante"),
        text("CFQuietanzante"),
        text("TitoloQuietanzante"),
        amount("ScontoPagamentoAnticipato"),
        day("DataLimitePagamentoAnticipato"),
        amount("PenalitaPagamentiRitardati"),
        day("DataDecorrenzaPenale"),
        text("CodicePagamento"),
    ),
    ordinary=(PAYMENTS,),
    keys=KEYS,
)
WITHHOLDING: Final = Sheet(
    "withholding",
    Text("Ritenute", "Withholding"),
    (
        text("TipoRitenuta", width=8),
        percent("AliquotaRitenuta"),
        amount("ImportoRitenuta"),
        text("CausalePagamento", width=8),
        pieces.accounting_amount("ImportoRitenuta"),
    ),
    ordinary=(WITHHOLDINGS,),
    keys=KEYS,
)
REFERENCES: Final = Sheet(
    "references",
    Text("Riferimenti", "References"),
    (
        pieces.KIND,
        text("IdDocumento", "NumeroDDT", "NumeroFatturaPrincipale", "NumeroFR", name="numero_documento"),
        day(
            "Data",
            "DataDDT",
            "DataFatturaPrincipale",
            "DataFR",
            name="data_documento",
            label=Text("Data documento citato", "Date of the document"),
        ),
        text("RiferimentoNumeroLinea"),
        text("NumItem"),
        text("CodiceCommessaConvenzione"),
        text("CodiceCUP"),
        text("CodiceCIG"),
        whole("RiferimentoFase"),
        text("ElementiRettificati"),
    ),
    ordinary=tuple(f"DatiGenerali/{name}" for name in (*_RELATED, "DatiSAL", "DatiDDT", "FatturaPrincipale")),
    simplified=(_CORRECTED,),
    keys=KEYS,
)
ATTACHMENTS: Final = Sheet(
    "attachments",
    Text("Allegati", "Attachments"),
    (
        text("NomeAttachment", width=32),
        text("FormatoAttachment", width=9),
        text("AlgoritmoCompressione", width=12),
        text("DescrizioneAttachment", width=32),
        pieces.SIZE,
    ),
    ordinary=("Allegati",),
    simplified=("Allegati",),
    keys=KEYS,
)
FUNDS: Final = Sheet(
    "funds",
    Text("Casse", "Funds"),
    (
        text("TipoCassa", width=8),
        percent("AlCassa"),
        amount("ImportoContributoCassa"),
        amount("ImponibileCassa"),
        percent("AliquotaIVA"),
        flag("Ritenuta"),
        text("Natura", width=7),
        text("RiferimentoAmministrazione"),
        pieces.accounting_amount("ImportoContributoCassa"),
    ),
    ordinary=(f"{GENERAL}/DatiCassaPrevidenziale",),
    keys=KEYS,
)
DISCOUNTS: Final = Sheet(
    "discounts",
    Text("Sconti", "Discounts"),
    (pieces.LINE, whole("../NumeroLinea"), text("Tipo", width=7), percent("Percentuale"), price("Importo")),
    ordinary=(f"{GENERAL}/ScontoMaggiorazione", f"{LINES}/ScontoMaggiorazione"),
    keys=KEYS,
)
LINE_DATA: Final = Sheet(
    "line_data",
    Text("Dati di riga", "Line data"),
    (
        pieces.LINE,
        whole("../NumeroLinea"),
        pieces.KIND,
        text("CodiceTipo", "TipoDato", name="tipo", label=Text("Tipo", "Type")),
        text("CodiceValore", "RiferimentoTesto", name="testo", label=Text("Valore", "Value"), width=28),
        price("RiferimentoNumero"),
        day("RiferimentoData"),
    ),
    ordinary=(f"{LINES}/CodiceArticolo", f"{LINES}/AltriDatiGestionali"),
    keys=KEYS,
)
TRANSPORT: Final = Sheet(
    "transport",
    Text("Trasporto", "Transport"),
    (
        text(_CARRIER + "IdFiscaleIVA/IdPaese", name="vettore_paese", label=Text("Paese vettore", "Carrier country")),
        text(
            _CARRIER + "IdFiscaleIVA/IdCodice",
            name="vettore_partita_iva",
            label=Text("P. IVA vettore", "Carrier VAT number"),
        ),
        text(_CARRIER + "CodiceFiscale", name="vettore_codice_fiscale", label=Text("C.F. vettore", "Carrier tax code")),
        text(
            _CARRIER + "Anagrafica/Denominazione",
            name="vettore_denominazione",
            label=Text("Vettore", "Carrier"),
            width=28,
        ),
        text(_CARRIER + "Anagrafica/Nome", name="vettore_nome", label=Text("Nome vettore", "Carrier first name")),
        text(_CARRIER + "Anagrafica/Cognome", name="vettore_cognome", label=Text("Cognome vettore", "Carrier surname")),
        text(_CARRIER + "Anagrafica/Titolo", name="vettore_titolo"),
        text(_CARRIER + "Anagrafica/CodEORI", name="vettore_cod_eori"),
        text(_CARRIER + "NumeroLicenzaGuida"),
        text("MezzoTrasporto"),
        text("CausaleTrasporto"),
        whole("NumeroColli"),
        text("Descrizione"),
        text("UnitaMisuraPeso", width=7),
        price("PesoLordo"),
        price("PesoNetto"),
        text("DataOraRitiro", width=20),
        day("DataInizioTrasporto"),
        text("TipoResa", width=7),
        *pieces.address(("IndirizzoResa/",)),
        text("DataOraConsegna", width=20),
    ),
    ordinary=("DatiGenerali/DatiTrasporto",),
    keys=KEYS,
)
SHEETS: Final = (
    DOCUMENTS,
    LINES_SHEET,
    VAT,
    PAYMENTS_SHEET,
    WITHHOLDING,
    REFERENCES,
    ATTACHMENTS,
    FUNDS,
    DISCOUNTS,
    LINE_DATA,
    TRANSPORT,
    PARTIES,
    NOTES,
)
