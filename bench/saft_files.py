"""An audit file of any size for the benchmarks: invoices of three lines, as plain string templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

NS = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
HASH = "A" * 171 + "="
HEADER = f"""<?xml version="1.0" encoding="UTF-8"?>
<AuditFile xmlns="{NS}"><Header><AuditFileVersion>1.04_01</AuditFileVersion><CompanyID>599999993</CompanyID>\
<TaxRegistrationNumber>599999993</TaxRegistrationNumber><TaxAccountingBasis>F</TaxAccountingBasis>\
<CompanyName>Banco de Provas, Lda</CompanyName><CompanyAddress><AddressDetail>Rua do Ensaio 1</AddressDetail><City>Lisboa\
</City><PostalCode>1000-001</PostalCode><Country>PT</Country></CompanyAddress><FiscalYear>2025</FiscalYear><StartDate>\
2025-01-01</StartDate><EndDate>2025-12-31</EndDate><CurrencyCode>EUR</CurrencyCode><DateCreated>2026-01-05</DateCreated>\
<TaxEntity>Global</TaxEntity><ProductCompanyTaxID>599999993</ProductCompanyTaxID><SoftwareCertificateNumber>9999\
</SoftwareCertificateNumber><ProductID>Bench/Authors</ProductID><ProductVersion>1</ProductVersion></Header><MasterFiles>"""
CUSTOMER = """<Customer><CustomerID>C{0}</CustomerID><AccountID>Desconhecido</AccountID><CustomerTaxID>999999990\
</CustomerTaxID><CompanyName>Cliente número {0}</CompanyName><BillingAddress><AddressDetail>Avenida {0}</AddressDetail>\
<City>Porto</City><PostalCode>4000-001</PostalCode><Country>PT</Country></BillingAddress><SelfBillingIndicator>0\
</SelfBillingIndicator></Customer>"""
PRODUCT = """<Product><ProductType>P</ProductType><ProductCode>P{0}</ProductCode><ProductDescription>Produto {0}\
</ProductDescription><ProductNumberCode>P{0}</ProductNumberCode></Product>"""
TAX = """<TaxTable><TaxTableEntry><TaxType>IVA</TaxType><TaxCountryRegion>PT</TaxCountryRegion><TaxCode>NOR</TaxCode>\
<Description>Normal</Description><TaxPercentage>23</TaxPercentage></TaxTableEntry></TaxTable></MasterFiles>"""
LINE = """<Line><LineNumber>{0}</LineNumber><ProductCode>P{1}</ProductCode><ProductDescription>Produto {1}\
</ProductDescription><Quantity>{2}</Quantity><UnitOfMeasure>UN</UnitOfMeasure><UnitPrice>{3}</UnitPrice><TaxPointDate>{4}\
</TaxPointDate><Description>Produto {1}</Description><CreditAmount>{5}</CreditAmount><Tax><TaxType>IVA</TaxType>\
<TaxCountryRegion>PT</TaxCountryRegion><TaxCode>NOR</TaxCode><TaxPercentage>23</TaxPercentage></Tax></Line>"""
INVOICE = """<Invoice><InvoiceNo>FT A/{n}</InvoiceNo><ATCUD>ABCD1234-{n}</ATCUD><DocumentStatus><InvoiceStatus>N\
</InvoiceStatus><InvoiceStatusDate>{day}T{time}</InvoiceStatusDate><SourceID>user</SourceID><SourceBilling>P</SourceBilling>\
</DocumentStatus><Hash>{hash}</Hash><HashControl>1</HashControl><Period>{month}</Period><InvoiceDate>{day}</InvoiceDate>\
<InvoiceType>FT</InvoiceType><SpecialRegimes><SelfBillingIndicator>0</SelfBillingIndicator><CashVATSchemeIndicator>0\
</CashVATSchemeIndicator><ThirdPartiesBillingIndicator>0</ThirdPartiesBillingIndicator></SpecialRegimes><SourceID>user\
</SourceID><SystemEntryDate>{day}T{time}</SystemEntryDate><CustomerID>C{customer}</CustomerID>{lines}<DocumentTotals>\
<TaxPayable>{tax}</TaxPayable><NetTotal>{net}</NetTotal><GrossTotal>{gross}</GrossTotal></DocumentTotals></Invoice>"""
CUSTOMERS, PRODUCTS = 4200, 500


def pieces(invoices: int) -> Iterator[str]:
    """The file in pieces; every amount adds up, so that a validator has nothing to say."""
    yield HEADER
    yield from (CUSTOMER.format(number) for number in range(CUSTOMERS))
    yield from (PRODUCT.format(number) for number in range(PRODUCTS))
    yield TAX
    total = sum(_cents(number, line) for number in range(1, invoices + 1) for line in range(1, 4))
    yield f"<SourceDocuments><SalesInvoices><NumberOfEntries>{invoices}</NumberOfEntries><TotalDebit>0</TotalDebit>"
    yield f"<TotalCredit>{_money(total)}</TotalCredit>"
    yield from (_invoice(number, invoices) for number in range(1, invoices + 1))
    yield "</SalesInvoices></SourceDocuments></AuditFile>\n"


def write(path: Path, invoices: int) -> Path:
    """Write the file; 42,000 invoices are some 100 MB."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(pieces(invoices))
    return path


def _cents(number: int, line: int) -> int:
    return (number % 7 + line) * (100 + number * line % 5000)


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _invoice(number: int, invoices: int) -> str:
    place = (number - 1) * 336 // invoices
    month, day = place // 28 + 1, f"2025-{place // 28 + 1:02d}-{place % 28 + 1:02d}"
    seconds = number * 80_000 // max(invoices, 1)
    time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    rows = [(line, _cents(number, line)) for line in (1, 2, 3)]
    lines = "".join(
        LINE.format(
            line, number * line % PRODUCTS, number % 7 + line, _money(100 + number * line % 5000), day, _money(sum_)
        )
        for line, sum_ in rows
    )
    net = sum(sum_ for _, sum_ in rows)
    tax = (net * 23 + 50) // 100
    values = {"tax": _money(tax), "net": _money(net), "gross": _money(net + tax), "hash": _hash(number)}
    return INVOICE.format(n=number, day=day, time=time, month=month, customer=number % CUSTOMERS, lines=lines, **values)


def _hash(number: int) -> str:
    return f"{number:0>171}="
