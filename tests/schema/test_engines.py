"""How libxml2 and the `xmlschema` package differ on our schemas: every difference belongs to a class named here.

fatturakit asks libxml2 first and may ask `xmlschema` when they could differ; who is right is part of each class. A
difference of no known class fails, so that a new version of either engine cannot change verdicts unnoticed.
`xmlschema` is given bytes: given an lxml tree it takes comments inside a value for children and rejects them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from lxml import etree
from xmlschema import XMLSchema10

from ..shared import needs_shared
from .judges import our_file, ours, parser
from .mutate import mutate
from .seeds import seeds
from .test_mutations import SHARES

UNICODE_BLANK = re.compile("[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x1c-\x1f]")


@dataclass(frozen=True)
class Difference:
    """Two verdicts on one document; `package` None means that xmlschema raised instead of judging."""

    libxml2: bool
    package: bool | None
    libxml2_says: str
    package_says: str
    text: str


Test = Callable[[Difference], Any]
CLASSES: dict[str, Test] = {
    # xmlschema is wrong
    "raises KeyError for an xsi:type that names no type": lambda d: (
        d.package is None and "XMLSchemaKeyError" in d.package_says
    ),
    "takes Unicode blanks for white space": lambda d: (
        (d.libxml2, d.package) == (False, True) and UNICODE_BLANK.search(d.text)
    ),
    "takes a word character for a name character in xs:ID": lambda d: (
        (d.libxml2, d.package) == (False, True) and "'xs:ID'" in d.libxml2_says
    ),
    "compares a day in UTC with one without a zone": lambda d: (
        (d.libxml2, d.package) == (False, True)
        and re.search(r"'1970-01-0[12](Z|[+-][\d:]+)' is less than", d.libxml2_says)
    ),
    "judges xml:lang, xml:space and xsi:nil where the wildcard is lax": lambda d: (
        (d.libxml2, d.package) == (True, False) and re.search("not nillable|namespace}(lang|space)", d.package_says)
    ),
    "reads 1_000 as an integer": lambda d: (
        (d.libxml2, d.package) == (False, True) and re.search(r"'\d+_\d+' is not a valid", d.libxml2_says)
    ),
    # the standard leaves it open
    "accepts more characters in a URI": lambda d: (
        (d.libxml2, d.package) == (False, True) and "'xs:anyURI'" in d.libxml2_says
    ),
    # libxml2 is wrong
    "rejects blanks around a date": lambda d: (
        (d.libxml2, d.package) == (False, True) and re.search(r"'(\s[^']*|[^']*\s)' is not a valid", d.libxml2_says)
    ),
    "ignores foreign characters in base64": lambda d: (
        (d.libxml2, d.package) == (True, False) and re.search(r"^invalid value '.*' for ", d.package_says, re.DOTALL)
    ),
}


@cache
def package(name: str) -> XMLSchema10:
    """Our schema compiled by the xmlschema package."""
    return XMLSchema10(our_file(name), allow="local")


def package_verdict(name: str, data: bytes) -> tuple[bool | None, str]:
    """The verdict of xmlschema with its reason."""
    try:
        error = next(package(name).iter_errors(data), None)
    except Exception as raised:  # whatever it raises instead of a verdict is what we are after
        return None, repr(raised)
    return error is None, str(error.reason) if error else ""


def compare(name: str, data: bytes) -> Difference | None:
    """The difference of the two engines on a document, if there is one."""
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError:  # a mutated name that no parser accepts
        return None
    verdict = ours(name).validate(root)
    said = str(ours(name).error_log)
    other, reason = package_verdict(name, data)
    text = etree.tostring(root, encoding="unicode")
    return None if verdict == other else Difference(verdict, other, said, reason, text)


def classes(run: int, amount: int) -> tuple[Counter[str], list[Difference]]:
    """How often each class occurs in so many mutations, and the differences of none."""
    rng, known, unknown = random.Random(run), Counter[str](), []
    for name in rng.choices([*SHARES], [*SHARES.values()], k=amount):
        root, _ = mutate(rng, rng.choice(seeds()[name]))
        if found := compare(name, etree.tostring(root)):
            fitting = [title for title, test in CLASSES.items() if test(found)]
            known.update(fitting[:1])
            unknown += [] if fitting else [found]
    return known, unknown


@needs_shared
@pytest.mark.parametrize(("run", "amount"), [(1, 300), pytest.param(2, 10_000, marks=pytest.mark.slow)])
def test_every_difference_is_of_a_known_class(run: int, amount: int) -> None:
    """A sample in every run, more of it when slow."""
    known, unknown = classes(run, amount)
    assert unknown == []
    assert known


@needs_shared
@pytest.mark.parametrize(
    ("old", "new", "libxml2", "xmlschema"),
    [
        ("<Data>2026-03-15<", "<Data> 2026-03-15<", False, True),
        ("<Data>2026-03-15<", "<Data>2026-03-15\n<", False, True),
        ("<Comune>Testo 1<", "<Comune>\u3000Testo 1<", False, True),
        ("<CAP>12345<", "<CAP>123<!-- c -->45<", True, True),
        ("<CAP>12345<", '<CAP xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="x">12345<', False, None),
        ("<Attachment>JVBERi0xLjQK<", "<Attachment>JVBERi0x’LjQK<", True, False),
        ("<Attachment>JVBERi0xLjQK<", "<Attachment>2026-03-15T10:20:30,5<", True, False),
        ("<NumeroLinea>1<", "<NumeroLinea>1_000<", False, True),
        ("</DatiTrasmissione>", "</DatiTrasmissione>\u00a0", False, True),
    ],
)
def test_what_the_classes_mean(old: str, new: str, libxml2: bool, xmlschema: bool | None) -> None:
    """One example of each class that a real invoice can meet; a fixed engine shows here."""
    seed = next(s for s in seeds()["ordinary-1.2.3"] if s.origin.endswith("full 1"))
    data = etree.tostring(seed.root, encoding="unicode").replace(old, new, 1)
    assert new in data
    assert ours("ordinary-1.2.3").validate(etree.fromstring(data, parser())) == libxml2
    assert package_verdict("ordinary-1.2.3", data.encode())[0] == xmlschema
