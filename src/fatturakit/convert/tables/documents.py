"""The sheet Documents: one row an invoice, with its parties, its sums and what is due."""

from __future__ import annotations

from typing import Final

from ...texts import Text
from . import accounting, pieces
from .accounting import GENERAL, signed
from .pieces import BUYER, SELLER, ids
from .reading import Row
from .spec import Sheet, amount, computed, day, flag, sum_, text


def _version(row: Row) -> str | None:
    return row.source.version or None


_SENDER: Final = "/DatiTrasmissione/IdTrasmittente/"
_CONTACT: Final = "/DatiTrasmissione/ContattiTrasmittente/"
_COUNTRY, _VAT, _TAX_CODE = "IdFiscaleIVA/IdPaese", "IdFiscaleIVA/IdCodice", "CodiceFiscale"
_NUMBERS: Final = (
    text(*ids(SELLER, _COUNTRY), name="cedente_paese", label=Text("Paese cedente", "Seller country"), width=7),
    text(*ids(SELLER, _VAT), name="cedente_partita_iva", label=Text("P. IVA cedente", "Seller VAT number")),
    text(*ids(SELLER, _TAX_CODE), name="cedente_codice_fiscale", label=Text("C.F. cedente", "Seller tax code")),
    pieces.party_name("cessionario", BUYER, "Cessionario", "Buyer"),
    text(*ids(BUYER, _COUNTRY), name="cessionario_paese", label=Text("Paese cessionario", "Buyer country"), width=7),
    text(*ids(BUYER, _VAT), name="cessionario_partita_iva", label=Text("P. IVA cessionario", "Buyer VAT number")),
    text(*ids(BUYER, _TAX_CODE), name="cessionario_codice_fiscale", label=Text("C.F. cessionario", "Buyer tax code")),
)
_SUMS: Final = (
    computed("sign", "integer", accounting.sign, "Segno", "Sign", width=7),
    sum_("accounting_taxable", signed(accounting.taxable_total), "Imponibile contabile", "Accounting taxable"),
    sum_("accounting_tax", signed(accounting.tax_total), "Imposta contabile", "Accounting tax"),
    sum_("accounting_amount", signed(accounting.total), "Importo contabile", "Accounting amount"),
    amount(f"//{GENERAL}/ImportoTotaleDocumento"),
    sum_("computed_total", accounting.computed_total, "Totale calcolato", "Computed total"),
    sum_("difference", accounting.difference, "Differenza", "Difference"),
    sum_("lines_total", accounting.lines_total, "Somma delle righe", "Sum of lines", "price"),
    sum_("taxable_total", accounting.taxable_total, "Totale imponibile", "Total taxable"),
    sum_("tax_total", accounting.tax_total, "Totale imposta", "Total tax"),
    amount(f"//{GENERAL}/Arrotondamento"),
    sum_("withheld_total", accounting.withheld, "Totale ritenute", "Total withheld"),
    sum_("split_tax", accounting.split_tax, "IVA in scissione dei pagamenti", "VAT under split payment"),
    sum_("payments_total", accounting.payments_total, "Totale pagamenti", "Total payments"),
    sum_("amount_due", accounting.amount_due, "Netto a pagare", "Amount due"),
    computed("amount_due_computed", "boolean", accounting.due_is_computed, "Netto calcolato", "Amount due computed"),
)
_REST: Final = (
    flag(f"//{GENERAL}/DatiBollo/BolloVirtuale", f"//{GENERAL}/BolloVirtuale"),
    amount(f"//{GENERAL}/DatiBollo/ImportoBollo"),
    text(f"//{GENERAL}/DatiBollo/NumeroBollo", label=Text("Numero bollo", "Stamp number")),
    flag(f"//{GENERAL}/Art73"),
    text(f"//{GENERAL}/Causale", width=40),
    text("//DatiGenerali/NormaDiRiferimento", label=Text("Norma di riferimento", "Legal basis")),
    day("//DatiVeicoli/Data", name="data_veicolo"),
    text("//DatiVeicoli/TotalePercorso"),
    text("/SoggettoEmittente", width=8),
    text("/DatiTrasmissione/FormatoTrasmissione", width=9),
    computed("versione", "text", _version, "Versione", "Version", width=9),
    text(_SENDER + "IdPaese", name="trasmittente_paese", label=Text("Paese trasmittente", "Transmitter country")),
    text(_SENDER + "IdCodice", name="trasmittente_codice", label=Text("Id trasmittente", "Transmitter identifier")),
    text("/DatiTrasmissione/ProgressivoInvio"),
    text("/DatiTrasmissione/CodiceDestinatario", width=11),
    text("/DatiTrasmissione/PECDestinatario", width=24),
    text(_CONTACT + "Telefono", name="trasmittente_telefono", label=Text("Telefono trasmittente", "Transmitter phone")),
    text(_CONTACT + "Email", name="trasmittente_email", label=Text("E-mail trasmittente", "Transmitter e-mail")),
    computed("signed", "boolean", lambda row: row.source.signed, "Firmato", "Signed", width=9),
)
DOCUMENTS: Final = Sheet(
    "documents",
    Text("Documenti", "Documents"),
    (text(f"//{GENERAL}/Divisa", width=7), *_NUMBERS, *_SUMS, *_REST),
    ordinary=("",),
    simplified=("",),
    keys=pieces.KEYS,
)
