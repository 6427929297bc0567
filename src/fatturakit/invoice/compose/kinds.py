"""Document types and the other code lists of the input, with the plain names they may be called by."""

from __future__ import annotations

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """A document type: who is who in it, and what it asks for.

    own: the side of the one who issues and sends it. same: seller and buyer are one (True), two (False), free (None).
    seller: "IT", "foreign" or "" for any country. linked: the other party's invoice must be named (EU, or always).
    stamped: stamp duty may be due.
    """

    own: str = "seller"
    same: bool | None = None
    seller: str = ""
    linked: str = ""
    stamped: bool = False


_SALE: Final = Kind(same=False, stamped=True)
KINDS: Final[dict[str, Kind]] = {
    "TD01": _SALE,
    "TD02": _SALE,
    "TD03": _SALE,
    "TD04": Kind(),
    "TD05": Kind(stamped=True),
    "TD06": _SALE,
    "TD07": _SALE,
    "TD08": Kind(),
    "TD09": Kind(stamped=True),
    "TD16": Kind("buyer", same=False),
    "TD17": Kind("buyer", same=False, seller="foreign", linked="EU"),
    "TD18": Kind("buyer", same=False, seller="foreign", linked="always"),
    "TD19": Kind("buyer", same=False, seller="foreign", linked="EU"),
    "TD20": Kind("buyer", same=False),
    "TD21": Kind("both", same=True, seller="IT"),
    "TD22": Kind("buyer"),
    "TD23": Kind("buyer"),
    "TD24": _SALE,
    "TD25": _SALE,
    "TD26": Kind(stamped=True),
    "TD27": Kind("both", same=True),
    "TD28": Kind("buyer", same=False, seller="foreign"),
    "TD29": Kind("buyer", same=False, seller="IT"),
}
SIMPLIFIED: Final = frozenset({"TD07", "TD08", "TD09"})
CREDITS: Final = frozenset({"TD04", "TD08"})
NEGATIVE: Final = frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD22", "TD23", "TD28", "TD29"})
"""Types that are varied by the same type with a minus."""

TYPES: Final = {code.lower(): code for code in KINDS} | {
    "invoice": "TD01",
    "advance": "TD02",
    "fee_advance": "TD03",
    "credit_note": "TD04",
    "debit_note": "TD05",
    "fee": "TD06",
    "simplified_invoice": "TD07",
    "simplified_credit_note": "TD08",
    "simplified_debit_note": "TD09",
    "reverse_charge": "TD16",
    "foreign_services": "TD17",
    "intra_eu_goods": "TD18",
    "foreign_goods": "TD19",
    "regularisation": "TD20",
    "plafond_overrun": "TD21",
    "vat_warehouse": "TD22",
    "vat_warehouse_with_vat": "TD23",
    "deferred_invoice": "TD24",
    "deferred_invoice_b": "TD25",
    "asset_sale": "TD26",
    "own_consumption": "TD27",
    "san_marino_paper": "TD28",
    "omitted_invoice": "TD29",
}
METHODS: Final = {f"mp{number:02}": f"MP{number:02}" for number in range(1, 24)} | {
    "cash": "MP01",
    "cheque": "MP02",
    "bankers_draft": "MP03",
    "bank_transfer": "MP05",
    "card": "MP08",
    "rid": "MP09",
    "riba": "MP12",
    "mav": "MP13",
    "direct_debit": "MP19",
    "withheld": "MP22",
    "pagopa": "MP23",
}
CONDITIONS: Final = {
    "tp01": "TP01",
    "tp02": "TP02",
    "tp03": "TP03",
    "instalments": "TP01",
    "full": "TP02",
    "advance": "TP03",
}
VAT_DUE: Final = {"i": "I", "d": "D", "s": "S", "immediate": "I", "deferred": "D", "split": "S"}
LINE_KINDS: Final = {
    "sc": "SC",
    "pr": "PR",
    "ab": "AB",
    "ac": "AC",
    "discount": "SC",
    "bonus": "PR",
    "rebate": "AB",
    "expense": "AC",
}
LAWS: Final = {
    "N1": "Escluso art. 15 DPR 633/72",
    "N2.1": "Non soggetto artt. da 7 a 7-septies DPR 633/72",
    "N3.1": "Non imponibile art. 8 c. 1 lett. a) e b) DPR 633/72",
    "N3.2": "Non imponibile art. 41 DL 331/93",
    "N3.3": "Non imponibile art. 71 DPR 633/72",
    "N3.4": "Non imponibile artt. 8-bis e 9 DPR 633/72",
    "N3.5": "Non imponibile art. 8 c. 1 lett. c) DPR 633/72",
    "N4": "Esente art. 10 DPR 633/72",
    "N5": "Regime del margine art. 36 DL 41/95",
    "N6.1": "Inversione contabile art. 74 c. 7 e 8 DPR 633/72",
    "N6.2": "Inversione contabile art. 17 c. 5 DPR 633/72",
    "N6.3": "Inversione contabile art. 17 c. 6 lett. a) DPR 633/72",
    "N6.4": "Inversione contabile art. 17 c. 6 lett. a-bis) DPR 633/72",
    "N6.5": "Inversione contabile art. 17 c. 6 lett. b) DPR 633/72",
    "N6.6": "Inversione contabile art. 17 c. 6 lett. c) DPR 633/72",
    "N6.7": "Inversione contabile art. 17 c. 6 lett. a-ter) DPR 633/72",
    "N6.8": "Inversione contabile art. 17 c. 6 lett. d-bis), d-ter) e d-quater) DPR 633/72",
    "N7": "IVA assolta in altro stato UE art. 74-sexies DPR 633/72",
}
"""The law behind each Natura, where it names one; N2.2, N3.6 and N6.9 gather too many cases."""
FLAT_RATE: Final = "Operazione senza applicazione dell'IVA art. 1 c. 54-89 L. 190/2014"
GENERIC: Final = {"N2": "N2.1, N2.2", "N3": "N3.1 … N3.6", "N6": "N6.1 … N6.9"}
STAMPED: Final = frozenset({"N1", "N2.1", "N2.2", "N3.5", "N3.6", "N4"})
_MEMBERS: Final = "AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE LT LU LV MT NL PL PT RO SE SI SK"
UNION: Final = frozenset(_MEMBERS.split())
