"""What the benchmarks of audit files run in a process of its own, with nothing loaded that it does not need itself."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import saft_files
import saft_ledger
from clock import ENVIRONMENT

_HERE = Path(__file__).resolve().parent


def alone(what: str, *given: object) -> tuple[float, float]:
    """Seconds of processor time and megabytes at most of one run in a process of its own."""
    command = [sys.executable, __file__, what, *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=_HERE, env=ENVIRONMENT)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, and the answer."""
    began = process_time()
    answer = call()
    return process_time() - began, answer


def _generate(source: str, target: str) -> None:
    import gc
    from datetime import date

    from fatturakit.saft.generating import Options, generated

    gc.set_threshold(50_000, 20, 20)  # as the command line sets it
    span = Options(start="2025-01-01", end="2025-12-31", encoding="utf-8", created=date(2026, 1, 5))
    with generated(source, "pt", span) as made:
        made.write(target, force=True, check="never")


def _xmlfile(source: str, target: str) -> None:
    """The invoices of the same tables, one tree for each as lxml's incremental writer likes them best."""
    from decimal import Decimal
    from itertools import islice

    from lxml import etree

    documents, lines, products = (saft_ledger.read(Path(source), name) for name in ("documents", "lines", "products"))
    names = dict(products)

    def write() -> None:
        with etree.xmlfile(target, encoding="utf-8") as out, out.element("AuditFile", nsmap={None: saft_files.NS}):
            for document in documents:
                out.write(tree(document, list(islice(lines, 3))))

    def tree(document: Sequence[str], own: Sequence[Sequence[str]]) -> etree._Element:
        number, atcud, kind, day, moment, user, customer, hash_, control = document
        invoice = etree.Element("Invoice")

        def put(parent: etree._Element, **values: str) -> None:
            for name, value in values.items():
                etree.SubElement(parent, name).text = value

        put(invoice, InvoiceNo=number, ATCUD=atcud)
        status = etree.SubElement(invoice, "DocumentStatus")
        put(status, InvoiceStatus="N", InvoiceStatusDate=moment, SourceID=user, SourceBilling="P")
        put(invoice, Hash=hash_, HashControl=control, Period=str(int(day[5:7])), InvoiceDate=day, InvoiceType=kind)
        regimes = etree.SubElement(invoice, "SpecialRegimes")
        put(regimes, SelfBillingIndicator="0", CashVATSchemeIndicator="0", ThirdPartiesBillingIndicator="0")
        put(invoice, SourceID=user, SystemEntryDate=moment, CustomerID=customer)
        net = Decimal(0)
        for place, (_, product, quantity, price, rate) in enumerate(own, 1):
            worth = Decimal(quantity) * Decimal(price)
            net += worth
            line = etree.SubElement(invoice, "Line")
            put(line, LineNumber=str(place), ProductCode=product, ProductDescription=names[product], Quantity=quantity)
            put(line, UnitOfMeasure="UN", UnitPrice=price, TaxPointDate=day, Description=names[product])
            put(line, CreditAmount=str(worth))
            tax = etree.SubElement(line, "Tax")
            put(tax, TaxType="IVA", TaxCountryRegion="PT", TaxCode="NOR", TaxPercentage=rate)
        due = (net * 23 / 100).quantize(Decimal("0.01"))
        totals = etree.SubElement(invoice, "DocumentTotals")
        put(totals, TaxPayable=str(due), NetTotal=str(net), GrossTotal=str(net + due))
        return invoice

    write()


def _validate(path: str) -> None:
    from fatturakit.saft.validating import validate

    assert validate(path).verdict.value == "valid"


def _bare(path: str) -> None:
    """What any streaming check costs at least: lxml's iterparse with the schema, keys included, and nothing else."""
    from lxml import etree

    from fatturakit.saft.formats import PT

    tree = etree.parse(str(_HERE.parent / "schemas" / PT.schemas[0][1]))
    spaced = "{http://www.w3.org/2001/XMLSchema}"
    for found in list(tree.iter(spaced + "assert")):
        found.getparent().remove(found)
    for group in tree.iter(spaced + "all"):
        group.tag = spaced + "choice"
        group.set("maxOccurs", "unbounded")
        for member in group:
            member.attrib.pop("maxOccurs", "")
    for _, element in etree.iterparse(path, tag=f"{{{PT.namespace}}}Invoice", schema=etree.XMLSchema(tree)):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _xmlschema(path: str) -> None:
    import xmlschema
    from xmlschema import limits

    limits.MAX_XML_ELEMENTS = 1_000_000_000
    schema = xmlschema.XMLSchema11(str(_HERE.parent / "schemas" / "saft-pt-1.04_01-2022.xsd"))
    assert schema.is_valid(path)


_PROGRAMS = {
    "generate": _generate,
    "xmlfile": _xmlfile,
    "validate": _validate,
    "bare": _bare,
    "xmlschema": _xmlschema,
}


def _measured(what: str, *given: str) -> None:
    """The other end of ``alone``."""
    print(timed(lambda: _PROGRAMS[what](*given))[0], _peak())


def _peak() -> float:
    """Megabytes at most. (``ru_maxrss`` begins with those of the parent process, so it is the second choice.)"""
    status = Path("/proc/self/status")
    rows = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    found = next((row.split()[1] for row in rows if row.startswith("VmHWM:")), "")
    return float(found or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


if __name__ == "__main__":
    _measured(*sys.argv[1:])
