"""The second variant: the same ledger tables, another folder of facts, the official Angolan schema."""

from __future__ import annotations

import pytest

from fatturakit.errors import UsageError
from fatturakit.saft.generating import Options, generated
from fatturakit.saft.hashchain import Signer
from fatturakit.saft.validating import validate

from ..shared import ROOT, needs_shared
from .ledgers import CREATED, LUANDA, OCTOBER, broken, complaints, content, document, ledger, line, tree

COMPANY = {"nif": "5000999999", "producer_nif": "5000999999", "postal_code": ""}


@needs_shared
@pytest.mark.parametrize("signed", [False, True])
def test_the_fixture_is_valid(signed: bool) -> None:
    signer = Signer.from_file(ROOT / "fixtures" / "saft" / "throwaway-key.pem") if signed else None
    with generated(LUANDA, "ao", OCTOBER._replace(signer=signer)) as result:
        data, root = content(result), tree(result)
    assert not broken(data, "ao")
    assert not [row for row in validate(data).findings if row.severity.value == "error"]
    assert root.findtext("Header/CurrencyCode") == "AOA"
    assert root.findtext("Header/SoftwareValidationNumber") == "0"
    assert root.find(".//ATCUD") is None
    assert [node.text for node in root.find(".//Invoice/DocumentTotals")] == ["630.21", "4501.52", "5131.73"]
    totals = root.find("SourceDocuments/SalesInvoices")
    assert [totals.findtext(name) for name in ("NumberOfEntries", "TotalDebit", "TotalCredit")] == [
        "4",
        "1500.505",
        "6501.515",
    ]


@needs_shared
@pytest.mark.parametrize("basis", list("CEFIPRS"))
def test_every_basis_is_valid(basis: str) -> None:
    source = ledger(document("FT A/1", line(tax_rate="14")), company=COMPANY)
    with generated(source, "ao", Options(2026, 10, basis=basis, created=CREATED)) as result:
        assert not broken(content(result), "ao")


def test_what_only_portugal_has() -> None:
    assert ("SL004", "type") in complaints(
        ledger(document("FS A/1", line(tax_rate="14")), company=COMPANY), variant="ao"
    )
    with pytest.raises(UsageError):
        generated(ledger(document(), company=COMPANY), "ao", OCTOBER._replace(basis="T"))
