"""The documents that mutations start from: public ones that are valid, and built ones that use every element.

The public corpus has no message about a private invoice and rarely uses most elements, so for every root there is one
document with all that may stand there (each repeatable element twice) and one with only what must.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain, count

from lxml import etree

from fatturakit.schema.table import Element, ElementTable, SimpleType, table, tables

from ..shared import manifest, shared
from .judges import parser, vocabulary

LARGEST = 30_000  # bytes; big attachments only cost time

BY_TYPE = {
    "Country": "IT",
    "Province": "RM",
    "Currency": "EUR",
    "DeliveryTerms": "EXW",
    "TaxCode": "01234567897",
    "PersonalTaxCode": "RSSMRA80A01H501U",
    "EoriCode": "IT01234567890123",
    "Iban": "IT60X0542811101000000123456",
    "Bic": "UNCRITMM",
    "PecAddress": "a.b@pec.example.it",
    "EmailAddress": "a@example.it",
    "StampNumber": "12345678901234",
    "Percent": "22.00",
    "Weight": "12.50",
    "PhoneNumber": "0612345678",
    "InvoiceYear": "2026",
    "ErrorCode": "00404",
    "FormatName": "FPR12",
}
BY_BASE = {
    "xs:decimal": "10.00",
    "xs:integer": "1",
    "xs:positiveInteger": "1",
    "xs:date": "2026-03-15",
    "xs:dateTime": "2026-03-15T10:20:30",
    "xs:base64Binary": "JVBERi0xLjQK",
}
BY_PATTERN = {"[0-9]{5}": "12345", "[A-Z0-9]{6}": "ABC123", "[A-Z0-9]{7}": "ABC1234", "[A-Z0-9]{6,7}": "ABC1234"}
SIGNATURE = """<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s{n}"><ds:SignedInfo>
<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
<ds:Reference Id="r{n}" URI=""><ds:Transforms><ds:Transform Algorithm="urn:x"><ds:XPath>/a</ds:XPath></ds:Transform>
</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
<ds:DigestValue>YWJj</ds:DigestValue></ds:Reference></ds:SignedInfo>
<ds:SignatureValue Id="v{n}">YWJj</ds:SignatureValue>
<ds:KeyInfo><ds:KeyName>k</ds:KeyName><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>YWJj</ds:Modulus>
<ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue><ds:X509Data><ds:X509IssuerSerial>
<ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>12</ds:X509SerialNumber></ds:X509IssuerSerial>
<ds:X509SKI>YWJj</ds:X509SKI><ds:X509Certificate>YWJj</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
<ds:Object Id="o{n}" MimeType="text/xml"><x:Any xmlns:x="urn:x">t<x:Other/></x:Any></ds:Object></ds:Signature>"""

_number = count()


@dataclass(frozen=True)
class Seed:
    """A valid document: its vocabulary, where it comes from, and its tree, which nobody changes."""

    vocabulary: str
    origin: str
    root: etree._Element


def signature() -> etree._Element:
    """A well-formed signature element whose identifiers occur nowhere else."""
    return etree.fromstring(SIGNATURE.replace("{n}", str(next(_number))))


def sample(type_: SimpleType) -> str:
    """A value that a type accepts."""
    if type_.enumeration:
        return type_.enumeration[0]
    fallback = BY_PATTERN.get(type_.patterns[0] if type_.patterns else "", "Testo 1")
    return BY_TYPE.get(type_.name) or BY_BASE.get(type_.base) or fallback


def attributes(place: Element, form: ElementTable, full: bool) -> dict[str, str]:
    """The attributes of an element, the optional ones when asked."""
    wanted = [a for a in form.attributes(place.path) if a.type and (full or a.min)]
    return {a.name: a.fixed or sample(a.type) for a in wanted if a.type}


def build(place: Element, form: ElementTable, full: bool, alternative: int = 1) -> etree._Element:
    """An element of the table with everything below it: all there may be, or only what there must be.

    Of a choice it takes the alternative of that number.
    """
    if place.name == "Signature":
        return signature()
    root = place.path.count("/") == 1
    node = etree.Element(f"{{{form.namespace}}}{place.name}" if root else place.name, nsmap=None)
    for name, value in attributes(place, form, full).items():
        node.set(name, value)
    if place.type:
        node.text = sample(place.type)
    for child in form.children(place.path):
        wanted = full or child.min
        if wanted and (child.choice is None or child.choice[1] == alternative):
            times = 2 if full and child.repeats else 1
            node.extend(build(child, form, full, alternative) for _ in range(times))
    return node


def built(name: str) -> list[Seed]:
    """Three documents for every root of a vocabulary: the least, and the fullest with either alternative."""
    form = table(name)
    ways = {"least": (False, 1), "full 1": (True, 1), "full 2": (True, 2)}
    roots = form.children("")
    return [
        Seed(name, f"built {root.name} {way}", build(root, form, *how)) for root in roots for way, how in ways.items()
    ]


def public() -> list[Seed]:
    """The valid documents of the corpus that are not too big."""
    files = [r["file"] for r in manifest() if r["xsd_valid"] == "true" and int(r["size"]) <= LARGEST]
    roots = [(file, etree.parse(str(shared("corpus", file)), parser()).getroot()) for file in files]
    return [Seed(vocabulary(root), file, root) for file, root in roots]


@cache
def seeds() -> dict[str, list[Seed]]:
    """All seeds by vocabulary."""
    groups: dict[str, list[Seed]] = {name: [] for name in tables()}
    for seed in chain(public(), *(built(name) for name in tables())):
        groups[seed.vocabulary].append(seed)
    return groups
