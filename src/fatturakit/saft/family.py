"""The shapes of the records Portuguese-speaking countries share; ``Dialect`` holds the points in which they differ."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..texts import Text
from .iso import COUNTRIES, CURRENCIES
from .kinds import amount, day, flag, integer, moment, one_of, text
from .shape import Field, Group, Known, Raw, Shape

NUMBER_SHAPE: Final = Text(
    "Scrivi tipo, spazio, serie, barra, numero: FT A/1.",
    "Write type, space, series, slash, number: FT A/1.",
    "Escreva tipo, espaço, série, barra, número: FT A/1.",
)


class Dialect(NamedTuple):
    """Where one country's file differs from another's. region_element: Region or Province; atcud: whether there is one;
    transport_code: the element of the code of a transport document; detail, building …: most characters."""

    country: str
    currency: str
    company_country: str
    postal_pattern: str
    unknown: str
    region_element: str
    atcud: bool
    transport_code: str
    withholdings: tuple[str, ...]
    mechanisms: tuple[str, ...]
    sources: tuple[str, ...]
    account_pattern: str
    name: int
    detail: int
    building: int
    postal: int
    email: int
    system_id: int
    source_document: int
    arc: int


def address(at: Dialect, prefix: str = "", *, own: bool = False, unknown: bool = True) -> tuple[Shape, ...]:
    """BuildingNumber to Country. own: the company's; unknown: whether the country may be unknown."""
    countries = COUNTRIES | {at.unknown} if unknown else COUNTRIES
    postal = text(at.postal, pattern=at.postal_pattern if own else "")
    filler = "" if own else at.unknown
    mandatory = "" if at.region_element == "Province" else filler
    return (
        Field("BuildingNumber", prefix + "building_number", text(at.building, cut=True)),
        Field("StreetName", prefix + "street_name", text(200, cut=True)),
        Field("AddressDetail", prefix + "address_detail", text(at.detail, cut=True), True, filler),
        Field("City", prefix + "city", text(50, cut=True), True, filler),
        Field("PostalCode", prefix + "postal_code", postal, bool(at.postal_pattern), mandatory),
        Field(at.region_element, prefix + "region", text(50, cut=True)),
        Field("Country", prefix + "country", one_of({at.company_country} if own else countries), True,
              at.company_country if own or not unknown else at.unknown),
    )  # fmt: skip


def contact(at: Dialect) -> tuple[Shape, ...]:
    """Telephone to Website."""
    return (
        Field("Telephone", "telephone", text(20)),
        Field("Fax", "fax", text(20)),
        Field("Email", "email", text(at.email)),
        Field("Website", "website", text(60, cut=True)),
    )


def party(at: Dialect, kind: str) -> tuple[Shape, ...]:
    """A Customer or Supplier."""
    customer = kind == "Customer"
    return (
        Field(f"{kind}ID", "id", text(30), True),
        Field("AccountID", "account", text(30, pattern=rf"{at.account_pattern}|{at.unknown}"), True, at.unknown),
        Field(f"{kind}TaxID", "tax_id", text(30 if customer or at.country == "PT" else 20), True, at.unknown),
        Field("CompanyName", "name", text(at.name, cut=True), True),
        Field("Contact", "contact", text(50, cut=True)),
        Group("BillingAddress", address(at, unknown=customer), True),
        *contact(at),
        Field("SelfBillingIndicator", "self_billing", flag, True, "0"),
    )


def product(*, customs: bool) -> tuple[Shape, ...]:
    """A Product; CustomsDetails are made from lists, elsewhere."""
    del customs
    return (
        Field("ProductType", "type", one_of(("P", "S", "O", "E", "I")), True, "P"),
        Field("ProductCode", "code", text(60), True),
        Field("ProductGroup", "group", text(50, cut=True)),
        Field("ProductDescription", "description", text(200, 2, cut=True), True),
        Field("ProductNumberCode", "number_code", text(60), True, fallback="code"),
        Raw("_customs"),
    )


def status(at: Dialect, kind: str, statuses: tuple[str, ...], source: str = "SourceBilling") -> Group:
    """A DocumentStatus."""
    return Group(
        "DocumentStatus",
        (
            Field(f"{kind}Status", "_status", one_of(statuses), True, "N"),
            Field(f"{kind}StatusDate", "status_date", moment, True, fallback="system_entry"),
            Field("Reason", "reason", text(50, cut=True)),
            Field("SourceID", "status_user", text(30), True, fallback="user"),
            Field(source, "source_billing", one_of(at.sources), True, "P"),
        ),
        True,
    )


def currency(at: Dialect) -> Group:
    """Currency: only when the document's is not the country's (its cells are empty then)."""
    return Group(
        "Currency",
        (
            Field("CurrencyCode", "_currency", one_of(CURRENCIES - {at.currency}), True),
            Raw("_currency_amount"),
            Raw("_exchange_rate"),
        ),
    )


def withholding(at: Dialect) -> Group:
    """WithholdingTax."""
    return Group(
        "WithholdingTax",
        (
            Field("WithholdingTaxType", "withholding_type", one_of(at.withholdings)),
            Field("WithholdingTaxDescription", "withholding_description", text(60, cut=True)),
            Field("WithholdingTaxAmount", "withholding_amount", amount, True),
        ),
    )


def payment(at: Dialect, element: str) -> Group:
    """Payment or PaymentMethod."""
    return Group(
        element,
        (
            Field("PaymentMechanism", "payment_mechanism", one_of(at.mechanisms)),
            Raw("_payment_amount"),
            Field("PaymentDate", "payment_date", day, True, fallback="date"),
        ),
    )


def shipping(at: Dialect, side: str, element: str) -> Group:
    """ShipTo or ShipFrom."""
    countries = one_of(COUNTRIES | {at.unknown})
    return Group(
        element,
        (
            Field("DeliveryID", f"{side}_id", text(255 if at.country == "PT" else 30, cut=True)),
            Field("DeliveryDate", f"{side}_date", day),
            Group(
                "Address",
                (
                    Field("AddressDetail", f"{side}_address", text(at.detail, cut=True), True, at.unknown),
                    Field("City", f"{side}_city", text(50, cut=True), True, at.unknown),
                    Field("PostalCode", f"{side}_postal_code", text(at.postal), False, at.unknown),
                    Field("Country", f"{side}_country", countries, True, at.unknown),
                ),
            ),
        ),
    )


def transport(at: Dialect, *, start: bool) -> tuple[Shape, ...]:
    """ShipTo to MovementStartTime."""
    return (
        shipping(at, "ship_to", "ShipTo"),
        shipping(at, "ship_from", "ShipFrom"),
        Field("MovementEndTime", "movement_end", moment),
        Field("MovementStartTime", "movement_start", moment, start),
    )


def signature() -> tuple[Shape, ...]:
    """Hash and HashControl."""
    return (Known("Hash", "_hash"), Known("HashControl", "_hash_control"))


def atcud(at: Dialect) -> tuple[Shape, ...]:
    """ATCUD, where there is one."""
    return (Known("ATCUD", "_atcud"),) if at.atcud else ()


TRANSACTION: Final = Field(
    "TransactionID", "transaction_id", text(70, pattern=r"[1-9]\d{3}-[01]\d-[0-3]\d [^ ]{1,30} [^ ]{1,20}")
)
EAC: Final = Field("EACCode", "eac_code", text(5, pattern=r"\d{5}"))
ENTRY: Final = Field("SystemEntryDate", "system_entry", moment, True)
USER: Final = Field("SourceID", "user", text(30), True)
CUSTOMER: Final = Field("CustomerID", "_customer", text(30), True)
PERIOD: Final = Known("Period", "_period")


def totals(*members: Shape) -> Group:
    """DocumentTotals."""
    sums = (Known("TaxPayable", "_tax"), Known("NetTotal", "_net"), Known("GrossTotal", "_gross"))
    return Group("DocumentTotals", (*sums, *members), True)


def invoice(at: Dialect, types: tuple[str, ...], statuses: tuple[str, ...]) -> tuple[Shape, ...]:
    """An Invoice."""
    regimes = (
        Field("SelfBillingIndicator", "self_billing", flag, True, "0"),
        Field("CashVATSchemeIndicator", "cash_vat", flag, True, "0"),
        Field("ThirdPartiesBillingIndicator", "third_party", flag, True, "0"),
    )
    return (
        Known("InvoiceNo", "_number"), *atcud(at), status(at, "Invoice", statuses), *signature(), PERIOD,
        Known("InvoiceDate", "_date"),
        Field("InvoiceType", "type", one_of(types), True), Group("SpecialRegimes", regimes, True), USER, EAC, ENTRY,
        TRANSACTION, CUSTOMER, *transport(at, start=False), Raw("_lines"),
        totals(currency(at), Group("Settlement", (Field("PaymentTerms", "payment_terms", text(100, cut=True)),)),
               payment(at, "Payment")),
        withholding(at),
    )  # fmt: skip


def movement(at: Dialect, types: tuple[str, ...], statuses: tuple[str, ...]) -> tuple[Shape, ...]:
    """A StockMovement."""
    return (
        Known("DocumentNumber", "_number"), *atcud(at), status(at, "Movement", statuses), *signature(), PERIOD,
        Known("MovementDate", "_date"),
        Field("MovementType", "type", one_of(types), True), ENTRY, TRANSACTION, Raw("_party"), USER, EAC,
        Field("MovementComments", "comments", text(60, cut=True)), *transport(at, start=True),
        Field(at.transport_code, "at_doc_code", text(200)), Raw("_lines"), totals(currency(at)),
    )  # fmt: skip


def work(at: Dialect, types: tuple[str, ...], statuses: tuple[str, ...]) -> tuple[Shape, ...]:
    """A WorkDocument."""
    return (
        Known("DocumentNumber", "_number"), *atcud(at), status(at, "Work", statuses), *signature(), PERIOD,
        Known("WorkDate", "_date"),
        Field("WorkType", "type", one_of(types), True), USER, EAC, ENTRY, TRANSACTION, CUSTOMER, Raw("_lines"),
        totals(currency(at)),
    )  # fmt: skip


def receipt(at: Dialect, types: tuple[str, ...], statuses: tuple[str, ...]) -> tuple[Shape, ...]:
    """A Payment: Settlement stands before Currency here, and nothing is signed."""
    return (
        Known("PaymentRefNo", "_number"), *atcud(at), PERIOD, TRANSACTION, Known("TransactionDate", "_date"),
        Field("PaymentType", "type", one_of(types), True), Field("Description", "description", text(200, cut=True)),
        Field("SystemID", "system_id", text(at.system_id)), status(at, "Payment", statuses, "SourcePayment"),
        payment(at, "PaymentMethod"), USER, ENTRY, CUSTOMER, Raw("_lines"),
        totals(Raw("_settlement"), currency(at)), withholding(at),
    )  # fmt: skip


def line(at: Dialect, *, full: bool) -> tuple[Shape, ...]:
    """A Line of an invoice or working document (full), or of a transport document."""
    order = (Field("OriginatingON", "order_number", text(60)), Field("OrderDate", "order_date", day))
    references = (Field("Reference", "reference", text(60)), Field("Reason", "reference_reason", text(50, cut=True)))
    customs = (Field("ARCNo", "arc_no", text(at.arc)), Field("IECAmount", "iec_amount", amount))
    base: tuple[Shape, ...] = (
        Field("TaxBase", "tax_base", amount),
        Field("TaxPointDate", "tax_point", day, True, fallback="_day"),
        Group("References", references),
    )
    return (
        Known("LineNumber", "_line_no"),
        Group("OrderReferences", order),
        Field("ProductCode", "product", text(60), True),
        Raw("_product"),
        Field("Quantity", "qty", amount, True, "1"),
        Field("UnitOfMeasure", "uom", text(20, cut=True), True, "UN"),
        Field("UnitPrice", "unit_price", amount, True),
        *(base if full else ()),
        Field("Description", "description", text(200, cut=True), True, fallback="_description"),
        Group("ProductSerialNumber", (Field("SerialNumber", "serial_number", text(100)),)),
        Raw("_amount"),
        Raw("_tax"),
        Field("SettlementAmount", "discount", amount),
        Group("CustomsInformation", customs),
    )


def receipt_line() -> tuple[Shape, ...]:
    """A Line of a receipt."""
    source = (
        Field("OriginatingON", "origin", text(60), True),
        Field("InvoiceDate", "origin_date", day, True),
        Field("Description", "origin_description", text(200, cut=True)),
    )
    return (
        Known("LineNumber", "_line_no"),
        Group("SourceDocumentID", source, True),
        Field("SettlementAmount", "discount", amount),
        Raw("_amount"),
        Raw("_tax"),
    )


def tax_entry() -> tuple[Shape, ...]:
    """A TaxTableEntry."""
    return (
        Raw("_key"),
        Field("Description", "description", text(255, cut=True), True),
        Field("TaxExpirationDate", "expiration", day),
        Raw("_rate"),
    )


def account(at: Dialect, groupings: tuple[str, ...], *, taxonomy: bool) -> tuple[Shape, ...]:
    """An Account."""
    identifier = text(30, 2 if at.country == "PT" else 1, pattern=at.account_pattern)
    sides = ("opening_debit", "opening_credit", "closing_debit", "closing_credit")
    return (
        Field("AccountID", "id", identifier, True),
        Field("AccountDescription", "description", text(100, cut=True), True),
        *(Field(f"{side.title().replace('_', '')}Balance", side, amount, True, "0.00") for side in sides),
        Field("GroupingCategory", "category", one_of(groupings), True),
        Field("GroupingCode", "parent", identifier),
        *((Field("TaxonomyCode", "taxonomy_code", integer(1, 999)),) if taxonomy else ()),
    )


def entry(at: Dialect, types: tuple[str, ...]) -> tuple[Shape, ...]:
    """A Transaction."""
    del at
    return (
        Known("TransactionID", "_transaction_id"),
        PERIOD,
        Known("TransactionDate", "_date"),
        USER,
        Field("Description", "description", text(200, cut=True), True),
        Field("DocArchivalNumber", "archive_number", text(20, pattern="[^ ]{1,20}"), True),
        Field("TransactionType", "type", one_of(types), True, "N"),
        Field("GLPostingDate", "posting_date", day, True, fallback="date"),
        Raw("_party"),
        Raw("_lines"),
    )


def entry_line(at: Dialect) -> tuple[Shape, ...]:
    """What stands in a DebitLine or CreditLine before the amount."""
    return (
        Field("RecordID", "record_id", text(30), True, fallback="_line_no"),
        Field("AccountID", "account", text(30, 2 if at.country == "PT" else 1, pattern=at.account_pattern), True),
        Field("SourceDocumentID", "source_document", text(at.source_document)),
        ENTRY,
        Field("Description", "description", text(200, cut=True), True, fallback="_description"),
        Raw("_amount"),
    )


def header(
    at: Dialect, own: tuple[Shape, ...], certificate: Field, bases: tuple[str, ...], producer: int
) -> tuple[Shape, ...]:
    """A Header; ``own`` is what stands before TaxAccountingBasis."""
    return (
        *own,
        Field("TaxAccountingBasis", "_basis", one_of(bases), True),
        Field("CompanyName", "name", text(at.name, cut=True), True),
        Field("BusinessName", "business_name", text(60, cut=True)),
        Group("CompanyAddress", address(at, own=True), True),
        Raw("_span"),
        Field("TaxEntity", "_entity", text(20), True, "Global"),
        Field("ProductCompanyTaxID", "producer_nif", text(producer), True),
        certificate,
        Field("ProductID", "product_id", text(255, 3, pattern="[^/]+/[^/]+"), True),
        Field("ProductVersion", "product_version", text(30), True),
        Field("HeaderComment", "comment", text(255, cut=True)),
        *contact(at),
    )
