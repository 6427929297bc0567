"""Dirty files: read as they were meant, with every repair listed and SdI's own opinion kept."""

from __future__ import annotations

import re

import pytest

import fatturakit as fk
from fatturakit.envelope.ledger import REPAIRS

from ..samples import INVOICE, NS, invoice

TEXT = INVOICE.replace("Tavolo", "Tavolo è più")
UTF8 = TEXT.encode()
DEFAULT = re.sub(r"(</?)p:F", r"\1F", TEXT).replace("xmlns:p=", "xmlns=").encode()


def declared(name: str, encoding: str) -> bytes:
    return TEXT.replace('"UTF-8"', f'"{name}"').encode(encoding)


def changed(old: str, new: str) -> bytes:
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


AT = UTF8.index(b"Tavolo")
# what, the bytes, repairs (code, offset), whether SdI would refuse it
CASES: dict[str, tuple[bytes, list[tuple[str, int | None]], bool]] = {
    "clean": (UTF8, [], False),
    "one mark": (b"\xef\xbb\xbf" + UTF8, [], False),
    "utf-16": (declared("UTF-16", "utf-16"), [], False),
    "windows-1252": (declared("windows-1252", "cp1252"), [], False),
    "latin1 as a name": (declared("latin1", "latin-1"), [], False),
    "two marks": (b"\xef\xbb\xbf" * 2 + UTF8, [("R01", 3)], True),
    "blanks first": (b"\n \n" + UTF8, [("R02", 0)], True),
    "a mark and blanks": (b"\xef\xbb\xbf\r\n" + UTF8, [("R02", 3)], True),
    "windows-1252 said to be UTF-8": (TEXT.encode("cp1252"), [("R03", AT + 7)], True),
    "a little of it": (UTF8.replace("più".encode(), b"pi\xf9"), [("R03", AT + 12)], True),
    "UTF-8 said to be windows-1252": (declared("windows-1252", "utf-8"), [("R04", AT + 14)], False),
    "UTF-8 said to be latin1": (declared("ISO-8859-1", "utf-8"), [("R04", AT + 12)], False),
    "a name nobody knows": (declared("ansi", "cp1252"), [("R05", 0)], True),
    "latin-1": (declared("latin-1", "latin-1"), [("R05", 0)], True),
    "UTF-8 said to be UTF-16": (declared("UTF-16", "utf-8"), [("R05", 0)], True),
    "control character": (changed("Tavolo", "Ta\x02volo"), [("R06", AT + 2)], True),
    "written as a number": (changed("Tavolo", "Ta&#x2;volo"), [("R06", AT + 2)], True),
    "zeros at the end": (UTF8 + b"\0\0", [("R06", len(UTF8))], True),
    "quote in a namespace": (changed(f'"{NS}"', f'"{NS}&quot;"'), [("R07", UTF8.index(NS.encode()) - 1)], True),
    "two quotes after one": (changed(f'"{NS}"', f'"{NS}""'), [("R07", UTF8.index(NS.encode()) - 1)], True),
    "blank in a namespace": (changed(f'"{NS}"', f'"{NS} "'), [("R07", UTF8.index(NS.encode()) - 1)], True),
    "no namespace": (
        re.sub(r"(</?)p:F", r"\1F", changed(f' xmlns:p="{NS}"', "").decode()).encode(),
        [("R08", 39)],
        True,
    ),
    "nearly the namespace": (changed(NS, NS + "/"), [("R09", UTF8.index(NS.encode()))], True),
    "default namespace": (DEFAULT, [("R10", DEFAULT.index(NS.encode()))], True),
    "version 2": (changed('version="1.0"', 'version="2.0"'), [("R11", 0)], True),
    "written in capitals": (changed("<?xml", "<?XML"), [("R11", 0)], True),
    "UTF-8 said to be ASCII": (declared("US-ASCII", "utf-8"), [("R05", 0)], True),
    "a name with blanks": (declared(" UTF-8 ", "utf-8"), [("R11", 0)], True),
    "no name": (declared("", "utf-8"), [("R11", 0)], True),
    "two declarations": (UTF8[: UTF8.index(b"?>") + 2] + UTF8, [("R11", 0)], True),
    "half a character in UTF-16": (
        declared("UTF-16", "utf-16") + b"\n",
        [("R03", len(declared("UTF-16", "utf-16")))],
        True,
    ),
    "a byte windows-1252 has not": (
        declared("windows-1252", "cp1252").replace(b"Colle", b"Colle\x81"),
        [("R03", UTF8.index(b"Colle") + 12)],
        True,
    ),
    "windows-1252 said to be latin1": (
        TEXT.replace('"UTF-8"', '"ISO-8859-1"').replace("Colle", "Colle €").encode("cp1252"),
        [("R13", UTF8.index(b"Colle") + 11)],
        False,
    ),
    "quotes before a namespace": (changed(f'"{NS}"', f'""{NS}""'), [("R07", UTF8.index(NS.encode()) - 1)], True),
    "a hard blank in a namespace": (changed(NS, NS + "\xa0"), [("R07", UTF8.index(NS.encode()) - 1)], True),
    "another prefix": (re.sub(r"(</?)p:F", r"\1ns3:F", TEXT).replace("xmlns:p", "xmlns:ns3").encode(), [], False),
    "instruction inside": (changed("<DatiGenerali>", '<?note "x"?><DatiGenerali>'), [], False),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    """The ledger, the verdict, the text as it was meant, and the bytes as they came."""
    data, repairs, refused = CASES[name]
    document = fk.open(data)
    report = fk.validate(document)
    assert [(repair.code, repair.offset) for repair in report.repairs] == repairs
    assert report.verdict.value == ("invalid" if refused else "valid")
    assert {finding.code for finding in report.findings if finding.severity == "error"} == (
        {"00200"} if refused else set()
    )
    assert (document.data, document.received) == (data, data)
    assert next(document.find("//Descrizione")).text == "Tavolo è più"
    assert document.bodies[0].key().numero == "12/A"
    written = report.to_dict()["repairs"]
    assert [(row["code"], row["offset"]) for row in written] == repairs  # type: ignore[attr-defined]
    assert all(row["message"] and "{" not in row["message"] for row in written)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [name for name, (_, repairs, _) in CASES.items() if repairs])
def test_strict(name: str) -> None:
    """Strictly nothing is mended: it is refused, or read as it is written."""
    data, repairs, refused = CASES[name]
    report = fk.validate(data, strict=True)
    assert not report.repairs
    expected = (
        "unreadable" if repairs[0][0] not in {"R04", "R08", "R09", "R10", "R13"} else "invalid" if refused else "valid"
    )
    assert report.verdict.value == expected


def test_a_prefix_nothing_declares() -> None:
    """As if there were none; strictly it is no XML."""
    data = changed(f' xmlns:p="{NS}"', "")
    report = fk.validate(data)
    assert [(repair.code, repair.offset) for repair in report.repairs] == [("R08", data.index(b"<p:"))]
    assert {finding.code for finding in report.findings if finding.severity == "error"} == {"00200"}
    assert report.bodies[0].numero == "12/A"
    assert fk.validate(data, strict=True).verdict.value == "unreadable"


def test_several_at_once() -> None:
    """Repairs add up, and each offset is that of the received bytes."""
    data = b"\xef\xbb\xbf\xef\xbb\xbf\n" + changed("Tavolo è", "Ta\x02volo \x03è").decode().encode("cp1252")
    report = fk.validate(data)
    found = {repair.code: repair.offset for repair in report.repairs}
    assert found == {"R01": 3, "R02": 6, "R03": data.index(b"\xe8"), "R06": data.index(b"\x02")}


def test_lines_are_those_of_the_received_file() -> None:
    """Leading lines count, and so does a declaration that goes over two."""
    data = b"\n\n" + changed("<Data>2026-11-03<", "<Data>x<").replace(b"?>", b"\n?>", 1)
    (finding,) = [each for each in fk.validate(data).findings if each.path]
    assert finding.line == data[: data.index(b"<Data>x<")].count(b"\n") + 1


def test_offset_in_utf_16() -> None:
    data = declared("UTF-16", "utf-16").replace("Tavolo".encode("utf-16-le"), "T\x02avolo".encode("utf-16-le"))
    (repair,) = fk.open(data).repairs
    assert repair.offset == data.index("\x02avolo".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (UTF8[:-30], "troncato"),
        (b"\n" + UTF8[:-30] + b"\0", "troncato"),
        (changed("Tavolo", "Sale & pepe"), "&amp;"),
        (changed("Tavolo", "Sale &\x02 pepe"), "&amp;"),
        (changed("</DatiGenerali>", "</DatiGeneral>"), "tag di un altro"),
        (b"\n<!DOCTYPE a>" + UTF8, "DOCTYPE"),
        (b'\n<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        (UTF8 + UTF8, ""),
        (UTF8 + b"e altro", "dopo la fine"),
    ],
)
def test_not_mended(data: bytes, says: str) -> None:
    """What is missing or means something else is refused, with the reason that remains."""
    with pytest.raises(fk.InputError) as refused:
        fk.open(data)
    assert says in refused.value.say("it") + (refused.value.finding.remedy("it") if refused.value.finding else "")


def test_as_sdi_reads_it() -> None:
    """The schema judges what is written: UTF-8 read as Latin-1 is longer than it was meant."""
    name = "è" * 50
    report = fk.validate(declared("ISO-8859-1", "utf-8").replace(b"Falegnameria Colle", name.encode()))
    assert [repair.code for repair in report.repairs] == ["R04"]
    assert [finding.code for finding in report.findings if finding.severity == "error"] == ["00200"]
    assert not fk.validate(invoice(("Falegnameria Colle", name))).findings


def test_every_row_is_proved() -> None:
    """Each code of the table has a case here; R12 has its own among the damaged envelopes."""
    assert {code for _, repairs, _ in CASES.values() for code, _ in repairs} | {"R12"} == set(REPAIRS)
    for row in REPAIRS.values():
        assert row.message.it
        assert row.message.en
        assert row.fix.it
        assert row.sdi in {"", "00200", "00102"}
