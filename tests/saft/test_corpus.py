"""The public files: the demonstration company is accepted whole, every faulty variant rejected for its fault alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fatturakit.findings import Severity, Verdict
from fatturakit.saft.inspecting import inspect
from fatturakit.saft.source import source_of
from fatturakit.saft.validating import Options, validate
from fatturakit.saft.verifying import verify

from ..shared import needs_shared, shared

pytestmark = needs_shared
DEMO = "saft_idemo599999999.xml"
WRONG_TOTAL = "PT5006"
"""Some variants keep the total of the working documents that the demonstration file calls wrong and corrects."""
VARIANTS = {
    DEMO: set(),
    "saft_DEBIT_NC.xml": set(),
    "saft_WRONG_INVOICE_SIGNATURE.xml": set(),
    "saft_CUSTOMER_MISSING_PAYMENT.xml": {"PT4011", WRONG_TOTAL},
    "saft_MISSING_INVOICE.xml": {"PT6001"},
    "saft_MISSING_PRODUCT_INVOICE.xml": {"PT4013", WRONG_TOTAL},
    "saft_MISSING_SUPPLIER.xml": {"PT4012", WRONG_TOTAL},
    "saft_REPEATED_INVOICE_INTERNAL_CODE.xml": {"PT6012"},
    "saft_WRONG_SCHEMA.xml": {"PT2001"},
    "saft_with_error.xml": {"PT2001", WRONG_TOTAL},
    "saft_permissivo.xml": {"PT4011", "PT4013"},
    "ao-purchase-invoices.xml": set(),
    "no-1.30-biggest.xml": set(),
}


@pytest.mark.parametrize("revision", ["2022", "2016"])
@pytest.mark.parametrize("name", VARIANTS)
def test_each_file_fails_for_its_fault_and_nothing_else(name: str, revision: str) -> None:
    report = validate(shared("corpus", "saft", name), Options(revision=revision))
    found = {row.code for row in report.findings if row.severity is Severity.ERROR}
    assert found == VARIANTS[name]
    assert report.verdict is (Verdict.INVALID if VARIANTS[name] else Verdict.VALID)


def test_every_public_file_is_in_the_table() -> None:
    assert {path.name for path in shared("corpus", "saft").glob("*.xml")} == set(VARIANTS)


def test_efatura_takes_the_permissive_file() -> None:
    report = validate(shared("corpus", "saft", "saft_permissivo.xml"), Options(profile="efatura"))
    assert report.verdict is Verdict.VALID
    assert {"PT4011", "PT4013"} <= {row.code for row in report.findings}


def test_the_totals_of_the_demonstration_file_are_reproduced() -> None:
    parts = {part.name: part for part in inspect(source_of(shared("corpus", "saft", DEMO))).parts}
    sales, work = parts["SalesInvoices"], parts["WorkingDocuments"]
    assert (sales.documents, sales.debit, sales.credit) == (24, Decimal("2201.7838"), Decimal("14918.709"))
    assert (work.documents, f"{work.credit:.2f}") == (4, "1655.85")
    rounded = [row for row in validate(shared("corpus", "saft", DEMO)).findings if row.code == "PT5007"]
    assert [(row.args["found"], row.args["expected"]) for row in rounded] == [("3295.92", "3295.922006")]


def signatures(name: str) -> tuple[dict[str, int], list[str]]:
    """How many of each section verify, and the numbers of those that do not."""
    key = shared("corpus", "saft", "idemo_public_key.pem").read_bytes()
    (report,) = verify([source_of(shared("corpus", "saft", name))], key)
    valid: dict[str, int] = {}
    for row in report.findings:
        if row.code == "PT7100":
            section = str(row.path).rpartition("/")[2]
            valid[section] = valid.get(section, 0) + int(str(row.args["valid"]))
    return valid, [str(row.args["document"]) for row in report.findings if row.code == "PT7101"]


def test_every_signature_of_the_demonstration_file_verifies() -> None:
    assert signatures(DEMO) == ({"SalesInvoices": 24, "MovementOfGoods": 7, "WorkingDocuments": 4}, [])


def test_the_wrong_signatures_are_found() -> None:
    valid, wrong = signatures("saft_WRONG_INVOICE_SIGNATURE.xml")
    assert wrong == ["1T 1/1", "1T 1/2", "1T 1/3"]
    assert valid["SalesInvoices"] == 21
