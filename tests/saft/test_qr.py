"""QR codes: the official examples to the letter, pictures that hold the text, codes of the documents of a file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fatturakit.errors import InputError, UsageError
from fatturakit.saft.generating import generated
from fatturakit.saft.qr_code import Code, Region, image, payload
from fatturakit.saft.qr_reading import codes

from ..shared import needs_shared, shared
from .ledgers import OCTOBER, content, document, ledger


def pair(base: str, tax: str) -> tuple[Decimal, Decimal]:
    return Decimal(base), Decimal(tax)


FULL = Code(
    "123456789", "999999990", "PT", "FT", "N", "2019-12-31", "FT AB2019/0035", "CSDF7T5H-0035", Decimal("64000.02"),
    Decimal("513600.58"), "kLp0", "9999",
    regions=(
        Region("PT", Decimal(12000), pair("15000", "900"), pair("50000", "6500"), pair("80000", "18400")),
        Region("PT-AC", Decimal(10000), pair("25000.56", "1000.02"), pair("75000", "6750"), pair("100000", "18000")),
        Region("PT-MA", Decimal(5000), pair("12500", "625"), pair("25000", "3000"), pair("40000", "8800")),
    ),
    not_taxed=Decimal(100), stamp=Decimal(25), withheld=Decimal(100), other="TB;PT00000000000000000000000;513500.58",
)  # fmt: skip
SIMPLE = Code(
    "123456789", "999999990", "PT", "FS", "N", "2019-08-12", "FS CDVF/12345", "CDF7T5HD-12345", Decimal("0.15"),
    Decimal("0.80"), "YhGV", "9999", regions=(Region("PT", normal=pair("0.65", "0.15")),), other="NU;0.80",
)  # fmt: skip
TRANSPORT = Code(
    "500000000", "123456789", "PT", "GT", "N", "2019-07-20", "GT G234CB/50987", "GTVX4Y8B-50987", Decimal(0),
    Decimal(0), "5uIg", "9999",
)  # fmt: skip
GOLDEN = {
    "the whole": (
        FULL,
        (
            "A:123456789*B:999999990*C:PT*D:FT*E:N*F:20191231*G:FT AB2019/0035*H:CSDF7T5H-0035*I1:PT*I2:12000.00*"
            "I3:15000.00*I4:900.00*I5:50000.00*I6:6500.00*I7:80000.00*I8:18400.00*J1:PT-AC*J2:10000.00*J3:25000.56*J4:1000.02*J5:75000.00*"
            "J6:6750.00*J7:100000.00*J8:18000.00*K1:PT-MA*K2:5000.00*K3:12500.00*K4:625.00*K5:25000.00*K6:3000.00*K7:40000.00*"
            "K8:8800.00*L:100.00*M:25.00*N:64000.02*O:513600.58*P:100.00*Q:kLp0*R:9999*"
            "S:TB;PT00000000000000000000000;513500.58"
        ),
    ),
    "simplified": (
        SIMPLE,
        (
            "A:123456789*B:999999990*C:PT*D:FS*E:N*F:20190812*G:FS CDVF/12345*H:CDF7T5HD-12345*I1:PT*I7:0.65*I8:0.15*"
            "N:0.15*O:0.80*Q:YhGV*R:9999*S:NU;0.80"
        ),
    ),
    "transport without VAT": (
        TRANSPORT,
        (
            "A:500000000*B:123456789*C:PT*D:GT*E:N*F:20190720*G:GT G234CB/50987*H:GTVX4Y8B-50987*I1:0*N:0.00*O:0.00*"
            "Q:5uIg*R:9999"
        ),
    ),
}


@pytest.mark.parametrize(("code", "text"), GOLDEN.values(), ids=GOLDEN)
def test_the_official_examples(code: Code, text: str) -> None:
    assert payload(code) == text


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_pictures_are_the_same_twice(kind: str) -> None:
    first = image(payload(SIMPLE), kind)
    assert first == image(payload(SIMPLE), kind)
    assert first.startswith({"svg": b"<?xml", "png": b"\x89PNG"}[kind])
    if kind == "svg":
        assert b'width="30' in first


def test_the_symbol_is_of_version_nine_at_least() -> None:
    """53 modules and a border of four on each side; the whole example needs more."""
    for code, least in ((SIMPLE, 61), (FULL, 62)):
        picture = image(payload(code), "png")
        width = int.from_bytes(picture[16:20], "big")
        assert width >= 30 / 25.4 * 300
        assert any(width % modules == 0 for modules in range(least, 186, 4)) or code is FULL


def test_what_cannot_be_said() -> None:
    with pytest.raises(UsageError):
        payload(SIMPLE._replace(other="a*b"))
    with pytest.raises(UsageError):
        payload(SIMPLE._replace(regions=(Region("PT"),) * 4))
    with pytest.raises(UsageError):
        image("x", "gif")


@needs_shared
def test_codes_of_the_demonstration_company() -> None:
    """Sums, sides, stamp duty, the four characters and the numbers as the file has them."""
    found = {code.number: payload(code) for code in codes(shared("corpus", "saft", "saft_idemo599999999.xml"))}
    assert found["11T P/1"].endswith("I1:PT*I7:23.39*I8:4.68*N:4.68*O:28.07*Q:N9oH*R:9999")
    assert "*I1:0*L:1250.00*M:62.50*N:62.50*O:1312.50*" in found["1IECTR EC/5"]
    assert "*D:NC*" in found["2T A/1"]
    assert "*O:235.15*" in found["2T A/1"]
    assert all(f"*G:{number}*" in text for number, text in found.items())
    with pytest.raises(InputError):
        list(codes(shared("corpus", "saft", "saft_idemo599999999.xml"), number="FT X/1"))


def test_goods_that_go_back_to_a_supplier(tmp_path: Path) -> None:
    """The buyer of a code is whoever gets the goods, a supplier with the identifier of a customer included."""
    path = tmp_path / "saft.xml"
    supplier = {"id": "C1", "tax_id": "509999034", "name": "F", "country": "PT"}
    goods = document("GD A/1", customer="", supplier="C1", movement_start="2026-10-10T12:00:00")
    with generated(ledger(document(), goods, suppliers=[supplier]), options=OCTOBER) as result:
        path.write_bytes(content(result))
    found = {code.number: payload(code) for code in codes(path)}
    assert "*B:509999026*C:PT*" in found["FT A/1"]
    assert "*B:509999034*C:PT*" in found["GD A/1"]
