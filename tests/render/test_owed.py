"""The amount due on the page, in every case the specification names."""

from __future__ import annotations

import pytest

import fatturakit as fk

from ..samples import INVOICE
from .documents import THEMES
from .reading import visible

HEAD = "</DatiGeneraliDocumento>"
BODY = "</FatturaElettronicaBody>"
TOTAL = ("<Numero>12/A</Numero>", "<Numero>12/A</Numero><ImportoTotaleDocumento>122.00</ImportoTotaleDocumento>")
WITHHELD = (
    "<Numero>12/A</Numero>",
    (
        "<Numero>12/A</Numero><DatiRitenuta><TipoRitenuta>RT01</TipoRitenuta><ImportoRitenuta>20.00</ImportoRitenuta>"
        "<AliquotaRitenuta>20.00</AliquotaRitenuta><CausalePagamento>A</CausalePagamento></DatiRitenuta>"
    ),
)
STAMP = (
    "<Numero>12/A</Numero>",
    "<Numero>12/A</Numero><DatiBollo><BolloVirtuale>SI</BolloVirtuale><ImportoBollo>2.00</ImportoBollo></DatiBollo>",
)
SPLIT = ("<Imposta>22.00</Imposta>", "<Imposta>22.00</Imposta><EsigibilitaIVA>S</EsigibilitaIVA>")
CREDIT = ("TD01", "TD04")
SELF = ("TD01", "TD17")


def paid(*rows: tuple[str, str], terms: str = "TP02") -> tuple[str, str]:
    details = "".join(
        f"<DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento><DataScadenzaPagamento>{day}"
        f"</DataScadenzaPagamento><ImportoPagamento>{amount}</ImportoPagamento></DettaglioPagamento>"
        for day, amount in rows
    )
    block = f"<DatiPagamento><CondizioniPagamento>{terms}</CondizioniPagamento>{details}</DatiPagamento>"
    return BODY, block + BODY


ADVANCE = (BODY, paid(("2026-11-10", "50.00"), terms="TP03")[1].removesuffix(BODY) + paid(("2026-12-10", "72.00"))[1])
DAYS = (
    BODY,
    (
        "<DatiPagamento><CondizioniPagamento>TP02</CondizioniPagamento><DettaglioPagamento><ModalitaPagamento>MP05"
        "</ModalitaPagamento><DataRiferimentoTerminiPagamento>2026-11-03</DataRiferimentoTerminiPagamento>"
        "<GiorniTerminiPagamento>30</GiorniTerminiPagamento><ImportoPagamento>122.00</ImportoPagamento>"
        f"</DettaglioPagamento></DatiPagamento>{BODY}"
    ),
)

CASES = {
    "plain": ([TOTAL], ["Nettoapagare(calcolato)", "122,00EUR", "Totaledocumento"]),
    "paid": ([TOTAL, paid(("2026-12-01", "122.00"))], ["Nettoapagare", "122,00EUR", "Scadenza01-12-2026"]),
    "withholding": ([TOTAL, WITHHELD], ["Nettoapagare(calcolato)", "102,00EUR"]),
    "split payment": ([TOTAL, SPLIT], ["Nettoapagare(calcolato)", "100,00EUR", "scissionedeipagamenti"]),
    "credit note": ([TOTAL, CREDIT], ["Totaleacredito(calcolato)", "122,00EUR"]),
    "no total": ([], ["Totaledocumento(calcolato)", "Nettoapagare(calcolato)", "122,00EUR"]),
    "instalments": (
        [TOTAL, paid(("2027-01-31", "61.00"), ("2026-12-31", "61.00"), terms="TP01")],
        ["122,00EUR", "Scadenza31-12-2026", "primadi2scadenze"],
    ),
    "advance": ([TOTAL, ADVANCE], ["122,00EUR", "dicuianticipi(TP03)50,00"]),
    "stamp not charged": ([TOTAL, STAMP], ["122,00EUR", "SI-2,00(assoltoaisensidelDM17-06-2014)"]),
    "disagreement": ([TOTAL, paid(("2026-12-01", "100.00"))], ["100,00EUR", "Daltotale", "122,00"]),
    "days from": ([TOTAL, DAYS], ["Scadenza03-12-2026(calcolato)", "30giornidal03-11-2026"]),
    "other currency": ([TOTAL, ("EUR</Divisa>", "CHF</Divisa>")], ["122,00CHF"]),
}
NEVER = {
    "paid": ["calcolato"],
    "plain": ["Totaledocumento(calcolato)"],
    "stamp not charged": ["124,00"],
    "credit note": ["Nettoapagare"],
    "withholding": ["Totaledocumento(calcolato)"],
}


def page(changes: list[tuple[str, str]], theme: str) -> str:
    text = INVOICE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    drawn = fk.render(fk.open(text.encode()), theme=theme)
    assert isinstance(drawn, str)
    return visible(drawn)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("case", CASES)
def test_net_to_pay(case: str, theme: str) -> None:
    changes, wanted = CASES[case]
    shown = page(changes, theme)
    assert [text for text in wanted if text not in shown] == []
    assert [text for text in NEVER.get(case, []) if text in shown] == []


@pytest.mark.parametrize("theme", THEMES)
def test_documents_to_oneself_ask_for_nothing(theme: str) -> None:
    issuer = (HEAD.replace("DatiGeneraliDocumento", "FatturaElettronicaHeader"),) * 2
    said = (issuer[0], "<SoggettoEmittente>CC</SoggettoEmittente>" + issuer[0])
    shown = page([TOTAL, SELF, said, paid(("2026-12-01", "100.00"))], theme)
    assert "Nettoapagare" not in shown
    assert "risulta" not in shown
    assert "Soggettoemittente" in shown
    assert "CC" in shown


def test_english_and_german_say_it_too() -> None:
    document = fk.open(INVOICE.encode())
    for lang, word in {"en": "Amountdue(computed)", "de": "Zahlbetrag(berechnet)"}.items():
        drawn = fk.render(document, lang=lang)
        assert isinstance(drawn, str)
        assert word in visible(drawn)
