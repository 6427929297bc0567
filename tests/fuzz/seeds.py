"""What the entry points are given whole before it is damaged, and words worth putting into it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import cache
from typing import Final

import fatturakit as fk

from ..envelope.wrapping import chunks, element, enclosed, letter, zipped
from ..saft.small import SMALL
from ..samples import INVOICE, administration, invoice
from ..shared import ROOT
from .targets import LEDGER

XML: Final = invoice()
PLAIN: Final = enclosed(element(4, XML), after=element(0xA0, element(0x30, bytes(range(256)) * 4)) + b"\x31\x00")
FIXTURES: Final = ROOT / "fixtures"
EXAMPLES: Final = ROOT / "src" / "fatturakit" / "invoice" / "compose" / "examples"
ENVELOPES: Final = (
    PLAIN,
    enclosed(
        chunks(XML, 300, indefinite=True), indefinite=True, after=element(0xA0, element(0x30, bytes(700))) + b"\x31\x00"
    ),
    enclosed(chunks(XML, 40)),
    enclosed(element(4, PLAIN)),
    base64.encodebytes(PLAIN),
    b"-----BEGIN PKCS7-----\n" + base64.encodebytes(PLAIN) + b"-----END PKCS7-----\n",
    letter({"a.xml.p7m": PLAIN, "b_MT_001.xml": b"<x/>"}),
    zipped({"a.xml.p7m": PLAIN}),
    XML,
    INVOICE.replace("Tavolo", "Caffè\x02").encode("cp1252"),
    INVOICE.replace("Tavolo", "Caffè").encode("utf-16"),
)
NAMES: Final = (
    "con",
    "../../etc/passwd",
    "C:\\x\\aux.txt",
    "\\\\server\\share\\nul",
    "a" * 300 + ".pdf",
    "fattura.xml ",
)


@cache
def documents() -> tuple[bytes, ...]:
    """Sound documents of every kind."""
    kinds = ("invoices", "messages", "old", "simplified", "signed")
    found = [path for kind in kinds for path in sorted((FIXTURES / kind).iterdir()) if path.is_file()]
    return (XML, administration(), *(path.read_bytes() for path in found))


def messages() -> tuple[bytes, ...]:
    """What SdI sends."""
    return tuple(path.read_bytes() for path in sorted((FIXTURES / "messages").iterdir()))


@cache
def texts() -> tuple[bytes, ...]:
    """The documents as JSON, the first byte saying the dialect."""
    found = []
    for data in documents()[:16]:
        for place, dialect in enumerate(("acube", "invoicetronic", "xml"), 1):
            try:
                made = fk.to_json(fk.open(data), dialect, lossless=bool(len(found) % 2))
            except fk.FatturakitError:  # a dialect without messages
                continue
            found.append(bytes([place * (len(found) % 3 != 0)]) + json.dumps(made, default=str).encode())
    return tuple(found)


def compositions() -> tuple[bytes, ...]:
    """The examples of ``new``, and one as JSON."""
    yaml = [b"\xff" + path.read_bytes() for path in sorted(EXAMPLES.glob("*.yaml"))]
    plain = {"seller": {"vat": "IT01879020517"}, "lines": [{"description": "Tavolo", "price": "1.00", "vat": 22}]}
    return (*yaml, b"\0" + json.dumps(plain).encode())


def receipts() -> tuple[bytes, ...]:
    """Smart receipts."""
    return tuple(path.read_bytes() for path in sorted((FIXTURES / "receipts").glob("*.json")))


def containers() -> tuple[bytes, ...]:
    """Archives and letters, one in another too."""
    inner = zipped({"a.xml": XML, "b/c.xml.p7m": PLAIN, "__MACOSX/x.xml": b""})
    mail = letter({"a.xml": XML, "in.zip": inner, "postacert.eml": letter({"a.xml.p7m": PLAIN})})
    return (inner, zipped({"x.zip": inner, "m.eml": mail}), mail, letter({"a.xml": XML}, encoding="8bit", end="\n"))


def ledgers() -> tuple[bytes, ...]:
    """One table of a ledger each, the length of the first line saying which."""
    line = json.dumps({"id": "C1", "name": "Ana", "tax_id": "999999990", "country": "PT"}).encode()
    return (line + b"\n" + line, *(b"a" * place + b"\n" + path.read_bytes() for place, path in enumerate(LEDGER)))


SEEDS: Final[dict[str, Callable[[], tuple[bytes, ...]]]] = {
    "unwrap": lambda: ENVELOPES,
    "read": lambda: ENVELOPES,
    "document": documents,
    "json": texts,
    "receipt": receipts,
    "compose": compositions,
    "message": messages,
    "saft": lambda: (SMALL,),
    "container": containers,
    "archive": lambda: (*documents(), *ENVELOPES),
    "signature": lambda: (*ENVELOPES, *(path.read_bytes() for path in sorted((FIXTURES / "signed").iterdir()))),
    "names": lambda: tuple(name.encode() for name in NAMES),
    "ledger": ledgers,
}
WORDS: Final[dict[str, tuple[bytes, ...]]] = {
    "xml": (
        *(b"<", b"/>", b"<!DOCTYPE x [", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x?>", b"&amp;", b"&#0;", b"&#xD;"),
        *(b"&#x10FFFF;", b" xmlns='urn:x'", b" xsi:nil='true'", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae"),
        *(b"999999999999999999999", b"-0.00", b"1e9999", b"NaN", b"2026-02-30", b"0000-00-00", b"9999-12-31"),
        *(
            b"+99:99",
            b"{0}",
            b"{name}",
            b"%s",
            b"\x1b[31m",
            b"{{ 7*7 }}",
            b"<script>",
            b"Natura",
            b"IT",
            b"TD04",
            b"N6",
        ),
        b"<Allegati><NomeAttachment>x</NomeAttachment><Attachment>UEsDBA==</Attachment></Allegati>",
    ),
    "json": (
        *(b"{}", b"[]", b"null", b"true", b"-0", b"1e999", b"1E-9999999999999999999", b"NaN", b'"\\ud800"', b'""'),
        *(b'"a":', b",", b'"\\u0000"', b"0.1", b"123456789012345678901234567890", b"[" * 50, b'{"_fatturakit":'),
    ),
    "yaml": (
        b"- ",
        b": ",
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"|\n",
        b"~",
        b"? ",
        b"{a: 1}",
        b"\t",
        b"---\n",
    ),
    "binary": (
        b"\x30\x80",
        b"\x24\x80",
        b"\x00\x00",
        b"\x04\x84\xff\xff\xff\xff",
        b"\n",
        b"<",
        b"PK\x03\x04",
        b"PK\x05\x06",
    ),
}
LANGUAGE: Final = {
    **dict.fromkeys(("document", "message", "saft", "archive"), "xml"),
    **dict.fromkeys(("json", "receipt", "ledger"), "json"),
    "compose": "yaml",
    "names": "xml",
}


def words(target: str) -> tuple[bytes, ...]:
    """The words of a target's language."""
    return WORDS[LANGUAGE.get(target, "binary")]
