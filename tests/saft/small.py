"""A small audit file that has nearly every element of the format, and nothing wrong with it."""

from __future__ import annotations

NS = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
HASH = "A" * 171 + "="


def address(country: str = "PT") -> str:
    return (
        "<BuildingNumber>7</BuildingNumber><StreetName>Rua Nova</StreetName><AddressDetail>Rua Nova 7</AddressDetail>"
        f"<City>Braga</City><PostalCode>4700-001</PostalCode><Region>Braga</Region><Country>{country}</Country>"
    )


def party(kind: str, number: str, country: str = "PT") -> str:
    ship = "ShipToAddress" if kind == "Customer" else "ShipFromAddress"
    return (
        f"<{kind}><{kind}ID>{number}</{kind}ID><AccountID>Desconhecido</AccountID><{kind}TaxID>999999990</{kind}TaxID>"
        f"<CompanyName>Consumidor final</CompanyName><Contact>Rita</Contact><BillingAddress>{address(country)}"
        f"</BillingAddress><{ship}>{address()}</{ship}><Telephone>1</Telephone><Fax>2</Fax><Email>a@b.pt</Email>"
        f"<Website>b.pt</Website><SelfBillingIndicator>0</SelfBillingIndicator></{kind}>"
    )


def account(number: str, category: str, more: str) -> str:
    return (
        f"<Account><AccountID>{number}</AccountID><AccountDescription>Conta</AccountDescription><OpeningDebitBalance>0"
        "</OpeningDebitBalance><OpeningCreditBalance>0</OpeningCreditBalance><ClosingDebitBalance>0</ClosingDebitBalance>"
        f"<ClosingCreditBalance>0</ClosingCreditBalance><GroupingCategory>{category}</GroupingCategory>{more}</Account>"
    )


def tax(code: str = "NOR", rate: str = "23", kind: str = "IVA") -> str:
    return (
        f"<Tax><TaxType>{kind}</TaxType><TaxCountryRegion>PT</TaxCountryRegion><TaxCode>{code}</TaxCode>"
        f"<TaxPercentage>{rate}</TaxPercentage></Tax>"
    )


EXEMPT = "<TaxExemptionReason>Isento artigo 9.º</TaxExemptionReason><TaxExemptionCode>M07</TaxExemptionCode>"


def line(place: int, side: str = "Credit", code: str = "NOR", *, rich: bool = False, movement: bool = False) -> str:
    point = "" if movement else "<TaxPointDate>2025-03-10</TaxPointDate>"
    order = "<OrderReferences><OriginatingON>NE 1/1</OriginatingON><OrderDate>2025-03-01</OrderDate></OrderReferences>"
    serial = "<ProductSerialNumber><SerialNumber>S1</SerialNumber><SerialNumber>S2</SerialNumber></ProductSerialNumber>"
    correction = "<References><Reference>FT A/1</Reference><Reason>Erro</Reason></References>"
    refs = correction if side == "Debit" and not movement else ""
    customs = "<CustomsInformation><ARCNo>ARC1</ARCNo><IECAmount>1.00</IECAmount></CustomsInformation>" if rich else ""
    return (
        f"<Line><LineNumber>{place}</LineNumber>{order if rich else ''}<ProductCode>P1</ProductCode><ProductDescription>"
        f"Pão de milho</ProductDescription><Quantity>2</Quantity><UnitOfMeasure>UN</UnitOfMeasure><UnitPrice>10.5"
        f"</UnitPrice>{point}{refs}<Description>Pão</Description>{serial if rich else ''}<{side}Amount>21.00</{side}Amount>"
        f"{tax(code, '0' if code == 'ISE' else '23')}{EXEMPT if code == 'ISE' else ''}"
        f"{'<SettlementAmount>1.00</SettlementAmount>' if rich else ''}{customs}</Line>"
    )


def status(prefix: str, value: str = "N") -> str:
    source = "SourcePayment" if prefix == "Payment" else "SourceBilling"
    return (
        f"<DocumentStatus><{prefix}Status>{value}</{prefix}Status><{prefix}StatusDate>2025-03-10T10:00:00</{prefix}StatusDate>"
        f"<Reason>Nota</Reason><SourceID>rita</SourceID><{source}>P</{source}></DocumentStatus>"
    )


SIGNED = f"<Hash>{HASH}</Hash><HashControl>1</HashControl><Period>3</Period>"
REGIMES = (
    "<SpecialRegimes><SelfBillingIndicator>0</SelfBillingIndicator><CashVATSchemeIndicator>0</CashVATSchemeIndicator>"
    "<ThirdPartiesBillingIndicator>0</ThirdPartiesBillingIndicator></SpecialRegimes>"
)
ENTRY = "<SystemEntryDate>2025-03-10T10:00:00</SystemEntryDate>"
TRANSACTION = "<TransactionID>2025-03-10 VND 1</TransactionID>"
SHIPPING = "".join(
    f"<{name}><DeliveryID>D</DeliveryID><DeliveryDate>2025-03-11</DeliveryDate><WarehouseID>W1</WarehouseID><LocationID>L1"
    f"</LocationID><WarehouseID>W2</WarehouseID><Address>{address()}</Address></{name}>"
    for name in ("ShipTo", "ShipFrom")
)
TIMES = (
    "<MovementEndTime>2025-03-11T10:00:00</MovementEndTime><MovementStartTime>2025-03-10T11:00:00</MovementStartTime>"
)


def totals(net: str, paid: str, more: str = "") -> str:
    return (
        f"<DocumentTotals><TaxPayable>{paid}</TaxPayable><NetTotal>{net}</NetTotal><GrossTotal>{more}</DocumentTotals>"
    )


def invoice(number: str, kind: str, lines: str, sums: str, *, extra: str = "", state: str = "N") -> str:
    place = number.rpartition("/")[2]
    return (
        f"<Invoice><InvoiceNo>{number}</InvoiceNo><ATCUD>{'ABCD' if kind == 'FT' else 'WXYZ'}2345-{place}</ATCUD>"
        f"{status('Invoice', state)}{SIGNED.replace('AAA', number[:2] + place, 1)}<InvoiceDate>2025-03-10</InvoiceDate>"
        f"<InvoiceType>{kind}</InvoiceType>{REGIMES}<SourceID>rita</SourceID><EACCode>47110</EACCode>{ENTRY}{TRANSACTION}"
        f"<CustomerID>C1</CustomerID>{extra}{lines}{sums}</Invoice>"
    )


SETTLED = (
    "46.83</GrossTotal><Currency><CurrencyCode>USD</CurrencyCode><CurrencyAmount>93.66</CurrencyAmount><ExchangeRate>0.5"
    "</ExchangeRate></Currency><Settlement><SettlementDiscount>pronto</SettlementDiscount><SettlementAmount>1</SettlementAmount>"
    "<SettlementDate>2025-04-10</SettlementDate><PaymentTerms>30 dias</PaymentTerms></Settlement><Payment><PaymentMechanism>NU"
    "</PaymentMechanism><PaymentAmount>46.83</PaymentAmount><PaymentDate>2025-03-10</PaymentDate></Payment>"
)
HELD = (
    "<WithholdingTax><WithholdingTaxType>IRS</WithholdingTaxType><WithholdingTaxDescription>retenção"
    "</WithholdingTaxDescription><WithholdingTaxAmount>0.00</WithholdingTaxAmount></WithholdingTax>"
)
LEDGER_LINE = (
    "<{side}Line><RecordID>{n}</RecordID><AccountID>211</AccountID><SourceDocumentID>FT A/1</SourceDocumentID>"
    + ENTRY
    + "<Description>Venda</Description><{side}Amount>{amount}</{side}Amount></{side}Line>"
)


def ledger() -> str:
    rows = (("Debit", 1, "10"), ("Credit", 2, "20"), ("Debit", 3, "10"))
    lines = "".join(LEDGER_LINE.format(side=side, n=n, amount=amount) for side, n, amount in rows)
    return (
        "<GeneralLedgerEntries><NumberOfEntries>1</NumberOfEntries><TotalDebit>20</TotalDebit><TotalCredit>20.00</TotalCredit>"
        "<Journal><JournalID>VND</JournalID><Description>Vendas</Description><Transaction>"
        f"{TRANSACTION}<Period>3</Period><TransactionDate>2025-03-10</TransactionDate><SourceID>rita</SourceID><Description>"
        "Venda</Description><DocArchivalNumber>1</DocArchivalNumber><TransactionType>N</TransactionType><GLPostingDate>"
        f"2025-03-10</GLPostingDate><CustomerID>C1</CustomerID><Lines>{lines}</Lines></Transaction></Journal>"
        "</GeneralLedgerEntries>"
    )


def movement() -> str:
    return (
        "<StockMovement><DocumentNumber>GT G/1</DocumentNumber><ATCUD>MNOP2345-1</ATCUD>"
        f"{status('Movement')}{SIGNED}<MovementDate>2025-03-10</MovementDate><MovementType>GT</MovementType>{ENTRY}{TRANSACTION}"
        f"<SupplierID>S1</SupplierID><SourceID>rita</SourceID><EACCode>47110</EACCode><MovementComments>nada"
        f"</MovementComments>{SHIPPING}{TIMES}<ATDocCodeID>123</ATDocCodeID>{line(1, rich=True, movement=True)}"
        f"{totals('21.00', '4.83', '25.83</GrossTotal>')}</StockMovement>"
    )


def work() -> str:
    return (
        "<WorkDocument><DocumentNumber>OR O/1</DocumentNumber><ATCUD>QRST2345-1</ATCUD>"
        f"{status('Work')}{SIGNED}<WorkDate>2025-03-10</WorkDate><WorkType>OR</WorkType><SourceID>rita</SourceID><EACCode>"
        f"47110</EACCode>{ENTRY}{TRANSACTION}<CustomerID>C1</CustomerID>{line(1, rich=True)}"
        f"{totals('21.00', '4.83', '25.83</GrossTotal>')}</WorkDocument>"
    )


def payment(number: int, kind: str, taxed: str) -> str:
    origin = (
        "<SourceDocumentID><OriginatingON>FT A/1</OriginatingON><InvoiceDate>2025-03-10</InvoiceDate><Description>Pão"
    )
    return (
        f"<Payment><PaymentRefNo>{kind} R/{number}</PaymentRefNo><ATCUD>0</ATCUD><Period>3</Period>{TRANSACTION}"
        f"<TransactionDate>2025-03-10</TransactionDate><PaymentType>{kind}</PaymentType><Description>Recibo</Description>"
        f"<SystemID>x</SystemID>{status('Payment')}<PaymentMethod><PaymentMechanism>TB</PaymentMechanism><PaymentAmount>21"
        f"</PaymentAmount><PaymentDate>2025-03-10</PaymentDate></PaymentMethod><SourceID>rita</SourceID>{ENTRY}<CustomerID>C1"
        f"</CustomerID><Line><LineNumber>1</LineNumber>{origin}</Description></SourceDocumentID><SettlementAmount>1"
        f"</SettlementAmount><CreditAmount>21</CreditAmount>{taxed}</Line>"
        + totals("21", "0", "21</GrossTotal><Settlement><SettlementAmount>1</SettlementAmount></Settlement>")
        + f"{HELD}</Payment>"
    )


def tax_row(kind: str, code: str, rate: str) -> str:
    inner = tax(code, rate, kind).removeprefix("<Tax>").removesuffix("</Tax>")
    head, _, tail = inner.partition("<TaxPercentage>")
    return f"<TaxTableEntry>{head}<Description>Taxa</Description><TaxPercentage>{tail}</TaxTableEntry>"


def header() -> str:
    return (
        "<Header><AuditFileVersion>1.04_01</AuditFileVersion><CompanyID>Lisboa 1234</CompanyID><TaxRegistrationNumber>599999993"
        "</TaxRegistrationNumber><TaxAccountingBasis>I</TaxAccountingBasis><CompanyName>Padaria Exemplo, Lda</CompanyName>"
        f"<BusinessName>Pão</BusinessName><CompanyAddress>{address()}</CompanyAddress><FiscalYear>2025</FiscalYear><StartDate>"
        "2025-01-01</StartDate><EndDate>2025-12-31</EndDate><CurrencyCode>EUR</CurrencyCode><DateCreated>2026-01-03"
        "</DateCreated><TaxEntity>Sede</TaxEntity><ProductCompanyTaxID>599999993</ProductCompanyTaxID>"
        "<SoftwareCertificateNumber>9999</SoftwareCertificateNumber><ProductID>Programa/Casa</ProductID><ProductVersion>1"
        "</ProductVersion><HeaderComment>c</HeaderComment><Telephone>1</Telephone><Fax>2</Fax><Email>a@b.pt</Email><Website>"
        "b.pt</Website></Header>"
    )


def master() -> str:
    accounts = account("21", "GR", "") + account(
        "211", "GM", "<GroupingCode>21</GroupingCode><TaxonomyCode>7</TaxonomyCode>"
    )
    product = (
        "<Product><ProductType>P</ProductType><ProductCode>P1</ProductCode><ProductGroup>G</ProductGroup><ProductDescription>"
        "Pão de milho</ProductDescription><ProductNumberCode>P1</ProductNumberCode><CustomsDetails><CNCode>12345678</CNCode>"
        "<UNNumber>1234</UNNumber></CustomsDetails></Product>"
    )
    taxes = tax_row("IVA", "NOR", "23") + tax_row("IVA", "ISE", "0")
    return (
        f"<MasterFiles><GeneralLedgerAccounts><TaxonomyReference>S</TaxonomyReference>{accounts}</GeneralLedgerAccounts>"
        f"{party('Customer', 'C1', 'Desconhecido')}{party('Supplier', 'S1')}{product}<TaxTable>{taxes}</TaxTable></MasterFiles>"
    )


def sales() -> str:
    first = invoice(
        "FT A/1",
        "FT",
        line(1, rich=True) + line(2, code="ISE"),
        totals("42.00", "4.83", SETTLED) + HELD,
        extra=SHIPPING + TIMES,
    )
    second = invoice("FT A/2", "FT", line(1), totals("21.00", "4.83", "25.83</GrossTotal>"), state="A")
    credit = invoice("NC N/1", "NC", line(1, "Debit"), totals("21.00", "4.83", "25.83</GrossTotal>"))
    return (
        "<SalesInvoices><NumberOfEntries>3</NumberOfEntries><TotalDebit>21.00</TotalDebit><TotalCredit>42</TotalCredit>"
        f"{first}{second}{credit}</SalesInvoices>"
    )


def small(encoding: str = "UTF-8") -> str:
    """The whole file as text."""
    counts = "<NumberOfEntries>{}</NumberOfEntries><TotalDebit>0</TotalDebit><TotalCredit>{}</TotalCredit>"
    receipts = payment(1, "RG", "") + payment(1, "RC", tax())
    documents = (
        f"<SourceDocuments>{sales()}<MovementOfGoods><NumberOfMovementLines>1</NumberOfMovementLines><TotalQuantityIssued>2"
        f"</TotalQuantityIssued>{movement()}</MovementOfGoods><WorkingDocuments>{counts.format(1, '21.00')}{work()}"
        f"</WorkingDocuments><Payments>{counts.format(2, '42')}{receipts}</Payments></SourceDocuments>"
    )
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<AuditFile xmlns="{NS}">{header()}{master()}{ledger()}{documents}</AuditFile>\n'.replace(
        "><", ">\n<"
    )


SMALL = small().encode()
