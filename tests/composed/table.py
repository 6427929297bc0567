"""The table of breakers: every code that can be decided from a document."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import parties
from .breakers import (
    BUYER,
    FUND,
    GENERAL,
    GOODS,
    LIGHT_BUYER,
    LINE,
    N31,
    ROW,
    SELLER,
    TAXED,
    WAY,
    WRONG_CODE,
    WRONG_VAT,
    Breaker,
    agent,
    at,
    both,
    drop,
    ended_natura,
    extra_line,
    extra_row,
    free_line,
    light,
    more,
    only_tax_code,
    put,
    same_light_party,
    same_number,
    same_party,
    sconto,
    wish,
)
from .tree import Tree

B = Breaker
PLAIN, BOTH = wish(), wish(groups=(TAXED, N31), lines=0)
UNTAXED = wish(groups=(N31, N31, N31), lines=0)
PERSON, ABROAD = wish(buyer="person"), wish(buyer="foreign")
FUNDED = wish(fund=True, groups=(TAXED,))
INBOUND, SELF = wish(tipo="TD17"), wish(tipo="TD27")
CREDIT = wish(tipo="TD04")
PAID = wish(paid=True, total=True)
WITHHELD = wish(withheld=True, total=False)
LOT = wish(bodies=3)
OFFICE = wish(kind="FPA12", buyer="office")
REFERENCES: Final = GENERAL.rpartition("/")[0]
LINKED, CORRECTED = f"{REFERENCES}/DatiFattureCollegate", f"{REFERENCES}/DatiFatturaRettificata"
SM: Final = {"as_of": date(2023, 6, 1)}

HEADERS: tuple[Breaker, ...] = (
    B("00300", put(f"{WAY}/IdTrasmittente", "IdCodice", WRONG_VAT), PLAIN),
    B("00300", put(f"{WAY}/IdTrasmittente", "IdCodice", "123"), light()),
    B("00301", put(f"{SELLER}/IdFiscaleIVA", "IdCodice", WRONG_VAT), PLAIN),
    B("00301", put(f"{SELLER}/IdFiscaleIVA", "IdCodice", "00000000000"), PLAIN),
    B("00301", put(f"{SELLER}/IdFiscaleIVA", "IdCodice", "80007010376"), PLAIN, "warning"),
    B("00302", put(SELLER, "CodiceFiscale", WRONG_CODE), PLAIN),
    B("00303", agent(WRONG_VAT), PLAIN),
    B("00304", agent("01879020517", WRONG_CODE), PLAIN),
    B("00305", put(f"{BUYER}/IdFiscaleIVA", "IdCodice", WRONG_VAT), PLAIN),
    B("00305", put(f"{LIGHT_BUYER}/IdFiscaleIVA", "IdCodice", WRONG_VAT), light()),
    B("00305", put(f"{BUYER}/IdFiscaleIVA", "IdCodice", "97735020584"), PLAIN, "warning"),
    B("00306", put(BUYER, "CodiceFiscale", WRONG_CODE), PERSON),
    B("00306", put(BUYER, "CodiceFiscale", WRONG_VAT), PERSON),
    B("00313", put(WAY, "CodiceDestinatario", "XXXXXXX"), PLAIN, since="2019-07-30"),
    B("00313", put(WAY, "CodiceDestinatario", "XXXXXXX"), light(), since="2022-01-01"),
    B("00313", put(WAY, "CodiceDestinatario", "XXXXXXX"), PERSON, since="2019-07-30"),
    B("00330", put(WAY, "PECDestinatario", "SDI07@pec.fatturapa.it"), PLAIN, since="2019-07-30"),
    B("00417", drop(BUYER, "CodiceFiscale"), PERSON),
    B("00417", drop(LIGHT_BUYER, "CodiceFiscale"), light(buyer="person")),
    B("00427", put(WAY, "CodiceDestinatario", "ABC123"), PLAIN),
    B("00427", put(WAY, "CodiceDestinatario", "ABC1234"), OFFICE),
    B("00476", put(f"{SELLER}/IdFiscaleIVA", "IdPaese", "CH"), ABROAD, since="2022-10-01"),
)


def versione(tree: Tree) -> None:
    """The root says FPA12, the header FPR12."""
    tree["@versione"] = "FPA12"


def discounted_line(tree: Tree) -> None:
    """A discount without measure, on a free line."""
    line = free_line("22.00", "")
    at(tree, GOODS)["DettaglioLinee"].append(line | {"ScontoMaggiorazione": sconto()})


def too_few(tree: Tree) -> None:
    """Two summaries of three rates become two blocks of one and the same rate."""
    at(tree, GOODS)["DettaglioLinee"].append(free_line("5.00", ""))


DOCUMENTS: tuple[Breaker, ...] = (
    B("00403", put(GENERAL, "Data", "2026-11-22"), wish(tipo="TD01")),
    B("00409", same_number, LOT),
    B("00409", same_number, wish(bodies=3, tipo="TD17")),
    B("00409", both(same_number, put(GENERAL, "Art73", "SI")), LOT, "warning"),
    B("00418", put(LINKED, "Data", "2026-12-01"), CREDIT),
    B(
        "00418",
        put(LINKED, "Data", "2026-12-01"),
        wish(tipo="TD05"),
        "warning",
    ),
    B(
        "00418",
        put(CORRECTED, "DataFR", "2026-12-01"),
        light(tipo="TD08"),
    ),
    B(
        "00418",
        put(CORRECTED, "DataFR", "2026-12-01"),
        light(tipo="TD09"),
        "warning",
    ),
    B("00425", put(GENERAL, "Numero", "FATT"), PLAIN),
    B("00425", put(GENERAL, "Numero", "FATT"), light()),
    B("00428", versione, wish(), also=(("00102", "warning"),)),  # an FPA12 by its root is not signed
    B("00471", same_party, PLAIN, since="2022-10-01"),
    B("00471", same_party, INBOUND, also=(("00473", "error"),)),  # the seller is then Italian
    B("00471", same_party, wish(tipo="TD16"), since="2020-05-04"),
    B("00471", same_party, wish(tipo="TD29"), since="2025-04-01"),
    B("00471", same_light_party, light(), since="2022-10-01"),
    B("00472", put(BUYER, "IdFiscaleIVA", parties.vat("IT", "01879020517")), SELF, since="2022-10-01"),
    B("00472", put(BUYER, "IdFiscaleIVA", parties.vat("IT", "01879020517")), wish(tipo="TD21"), since="2020-05-04"),
    B("00473", put(SELLER, "IdFiscaleIVA", parties.vat("IT", "01879020517")), INBOUND, since="2020-05-04"),
    B("00473", put(SELLER, "IdFiscaleIVA", parties.vat("IT", "01879020517")), wish(tipo="TD28"), since="2022-10-01"),
    B("00473", put(SELLER, "IdFiscaleIVA", parties.vat("CH", "1")), wish(tipo="TD29"), since="2025-04-01"),
    B("00473", put(SELLER, "IdFiscaleIVA", parties.vat("CH", "1")), wish(tipo="TD28"), options=SM),
    B("00474", both(extra_line("0.00", "N3.1"), extra_row("0.00", "N3.1")), wish(tipo="TD21"), since="2020-05-04"),
    B("00475", only_tax_code, INBOUND, since="2022-01-01"),
    B("00475", only_tax_code, wish(tipo="TD29"), since="2025-04-01"),
)

LINES: tuple[Breaker, ...] = (
    B("00400", drop(LINE, "Natura"), UNTAXED | {"lines": 1}),
    B("00400", drop(GOODS, "Natura"), light(groups=(N31,))),
    B("00401", put(LINE, "Natura", "N3.1"), BOTH),
    B("00401", put(GOODS, "Natura", "N3.1"), light()),
    B("00401", put(LINE, "Natura", "N3.1"), BOTH | {"tipo": "TD16"}, options={"as_of": date(2022, 9, 30)}),
    B("00411", put(LINE, "Ritenuta", "SI"), PLAIN),
    B("00413", drop(FUND, "Natura"), UNTAXED | {"fund": True}),
    B("00414", put(FUND, "Natura", "N3.1"), BOTH | {"fund": True, "fund_groups": (TAXED,)}),
    B("00415", put(FUND, "Ritenuta", "SI"), FUNDED),
    B("00423", more(LINE, "PrezzoTotale", "0.02"), PLAIN),
    B("00423", more(LINE, "PrezzoTotale", "-0.02"), PLAIN),
    B("00424", put(f"{GOODS}/DatiIVA", "Aliquota", "0.22"), light()),
    # the advice on unknown rates speaks of it too
    B("00424", both(extra_line("0.22"), extra_row("0.22")), PLAIN, also=(("FK009", "info"),)),
    B("00437", put(GENERAL, "ScontoMaggiorazione", sconto()), PLAIN),
    B("00438", discounted_line, PLAIN),
    B("00445", ended_natura, UNTAXED, since="2021-01-01"),
    B("00445", put(GOODS, "Natura", "N2"), light(groups=(N31,)), since="2021-01-01"),
    B("00460", put(GOODS, "Importo", "400.01"), light()),
)

SUMMARIES: tuple[Breaker, ...] = (
    # fewer blocks than rates always leaves a rate without block
    B("00419", too_few, wish(groups=(TAXED,)), also=(("00443", "error"),)),
    B("00419", too_few, wish(groups=(TAXED,)), options={"as_of": date(2020, 5, 3)}),
    B("00420", put(ROW, "EsigibilitaIVA", "S"), wish(groups=(("0.00", "N6.3"),))),
    B("00421", more(ROW, "Imposta", "0.02"), PLAIN),
    B("00421", more(ROW, "Imposta", "-0.02"), PLAIN),
    B("00421", more(ROW, "Imposta", "0.01"), PLAIN, "warning"),
    B("00422", put(ROW, "Arrotondamento", "1.02"), PLAIN),
    B("00422", put(ROW, "Arrotondamento", "-1.02"), PLAIN),
    B("00429", drop(ROW, "Natura"), UNTAXED | {"twice": True}),
    B("00430", put(ROW, "Natura", "N3.1"), BOTH | {"lawful": True}),
    B("00443", extra_line("5.00"), wish(twice=True), since="2020-05-04"),
    B("00443", extra_row("5.00"), PLAIN, "warning", since="2020-05-04"),
    B("00444", extra_line("0.00", "N3.2"), UNTAXED, since="2020-05-04"),
    B("00444", extra_row("0.00", "N3.2"), UNTAXED, "warning", since="2020-05-04"),
)

PAYMENT: Final = f"{GENERAL.partition('/')[0]}/DatiPagamento/DettaglioPagamento"
BODY: Final = GENERAL.partition("/")[0]
ATTACHED: Final = wish(attached=True)

ADVICE: tuple[Breaker, ...] = (
    B("FK001", put(BUYER, "IdFiscaleIVA", parties.vat("DE", "13669597")), ABROAD, "warning"),
    B("FK001", put(SELLER, "IdFiscaleIVA", parties.vat("AT", "U13585628")), wish(tipo="TD18"), "warning"),
    B("FK002", put(PAYMENT, "IBAN", "IT60X0542811101000000123457"), PAID, "warning"),
    B("FK003", more(GENERAL, "ImportoTotaleDocumento", "0.02"), wish(total=True), "warning"),
    B("FK004", more(PAYMENT, "ImportoPagamento", "5.00"), PAID, "warning"),
    B("FK004", more(PAYMENT, "ImportoPagamento", "-5.00"), PAID, "info"),
    B("FK005", drop(GENERAL, "DatiBollo"), wish(groups=(("0.00", "N4"),), lines=3, discounts=False), "warning"),
    B("FK005", drop(GENERAL, "DatiBollo"), wish(groups=(("0.00", "N1"),), lines=3, discounts=False), "info"),
    B(
        "FK006",
        drop(f"{BODY}/DatiGenerali/DatiOrdineAcquisto", "CodiceCIG"),
        OFFICE | {"order": True},
        "info",
    ),
    B("FK007", put(LINE, "Descrizione", "Tavolo\u00a0grande"), PLAIN, "info"),
    B("FK008", put(ROW, "EsigibilitaIVA", "S"), WITHHELD | {"withholdings": ("RT01",), "causes": ("A",)}, "warning"),
    B("FK009", both(extra_line("19.00"), extra_row("19.00")), PLAIN, "info"),
    B("FK010", put(GENERAL, "TipoDocumento", "TD01"), wish(tipo="TD26", sign=-1), "warning"),
    B("FK011", put(f"{BODY}/Allegati", "NomeAttachment", "copia.exe"), ATTACHED, "warning"),
    B("FK012", put(f"{BODY}/Allegati", "Attachment", "aGVsbG8="), ATTACHED, "info"),
    B("FK013", drop(ROW, "RiferimentoNormativo"), UNTAXED, "info"),
    B("FK014", put(LINE, "AltriDatiGestionali", None), wish(groups=(("0.00", "N3.5"),), lines=0), "warning"),
    B("FK015", put(SELLER, "RegimeFiscale", "RF19"), PLAIN, "warning"),
    B("FK016", put(WAY, "CodiceDestinatario", "0000000"), ABROAD, "info"),
    B("FK017", put(PAYMENT, "DataScadenzaPagamento", "2020-01-01"), PAID | {"ways": ("MP05",)}, "info"),
    B("FK018", drop(f"{BODY}/DatiGenerali", "DatiFattureCollegate"), wish(tipo="TD18"), "warning"),
    B("FK019", both(put(WAY, "CodiceDestinatario", "0000000"), put(WAY, "PECDestinatario", None)), PLAIN, "info"),
)

BREAKERS: tuple[Breaker, ...] = HEADERS + DOCUMENTS + LINES + SUMMARIES + ADVICE
