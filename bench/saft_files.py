"""An audit file of any size for the benchmarks: invoices of three lines, as plain string templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

NS = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
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
</InvoiceStatus><InvoiceStatusDate>{moment}</InvoiceStatusDate><SourceID>user</SourceID><SourceBilling>P</SourceBilling>\
</DocumentStatus><Hash>{hash}</Hash><HashControl>1</HashControl><Period>{month}</Period><InvoiceDate>{day}</InvoiceDate>\
<InvoiceType>FT</InvoiceType><SpecialRegimes><SelfBillingIndicator>0</SelfBillingIndicator><CashVATSchemeIndicator>0\
</CashVATSchemeIndicator><ThirdPartiesBillingIndicator>0</ThirdPartiesBillingIndicator></SpecialRegimes><SourceID>user\
</SourceID><SystemEntryDate>{moment}</SystemEntryDate><CustomerID>C{customer}</CustomerID>{lines}<DocumentTotals>\
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
    yield f"<TotalCredit>{money(total)}</TotalCredit>"
    yield from (_invoice(number, invoices) for number in range(1, invoices + 1))
    yield "</SalesInvoices></SourceDocuments></AuditFile>\n"


def write(path: Path, invoices: int) -> Path:
    """Write the file; 42,000 invoices are some 100 MB."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(pieces(invoices))
    return path


def amounts(number: int, line: int) -> tuple[int, int]:
    """Quantity, and unit price in cents, of a line."""
    return number % 7 + line, 100 + number * line % 5000


def product_of(number: int, line: int) -> int:
    """The product of a line."""
    return number * line % PRODUCTS


def money(cents: int) -> str:
    """Cents as an amount."""
    return f"{cents // 100}.{cents % 100:02d}"


def day_of(number: int, invoices: int) -> str:
    """The day of an invoice: 28 of every month, in order."""
    place = (number - 1) * 336 // invoices
    return f"2025-{place // 28 + 1:02d}-{place % 28 + 1:02d}"


def moment_of(number: int, invoices: int) -> str:
    """When an invoice was made: later than the one before."""
    seconds = number * 80_000 // max(invoices, 1)
    return f"{day_of(number, invoices)}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def hash_of(number: int) -> str:
    """Something with the shape of a hash."""
    return f"{number:0>171}="


def _cents(number: int, line: int) -> int:
    quantity, price = amounts(number, line)
    return quantity * price


def _line(number: int, line: int, day: str) -> str:
    (quantity, price), cents = amounts(number, line), _cents(number, line)
    return LINE.format(line, product_of(number, line), quantity, money(price), day, money(cents))


def _invoice(number: int, invoices: int) -> str:
    day = day_of(number, invoices)
    net = sum(_cents(number, line) for line in (1, 2, 3))
    tax = (net * 23 + 50) // 100
    return INVOICE.format(
        n=number,
        day=day,
        moment=moment_of(number, invoices),
        month=int(day[5:7]),
        customer=number % CUSTOMERS,
        lines="".join(_line(number, line, day) for line in (1, 2, 3)),
        tax=money(tax),
        net=money(net),
        gross=money(net + tax),
        hash=hash_of(number),
    )
