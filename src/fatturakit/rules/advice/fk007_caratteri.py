"""Characters that look right and are not.

What:    Text with no-break spaces (U+00A0), soft hyphens (U+00AD), invisible control characters (U+0080-U+009F), or
         UTF-8 read as Latin-1 ("Ã¨" for "è"). SdI accepts them all: they are Latin-1.
Why:     Names are not found, searches fail, and the print shows garbage.
Fix:     Mend the text in the program that wrote it: usually a copy and paste, or an import in the wrong encoding.
Example: "PerchÃ©" for "Perché", "Via" and "Roma" parted by U+00A0: a note.
Source:  Our advice, no SdI control.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ...document import Document
from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header

_ODD: Final = re.compile("[\u0080-\u00a0\u00ad]|[ÂÃ][\u0080-\u00bf]")
_ODD_UTF8: Final = re.compile(b"\xc2[\x80-\xa0\xad]|\xc3[\x82\x83]\xc2")


@control(
    "FK007",
    area="header",
    it="caratteri insoliti nel testo ({found}); elementi interessati: {count}, il primo è questo",
    en="unusual characters in the text ({found}); elements concerned: {count}, this is the first",
    fix=Text(
        "Correggi il testo: di solito è un copia e incolla o una codifica sbagliata.",
        "Mend the text: it is usually a copy and paste, or a wrong encoding.",
    ),
)
def check(rule: Rule, header: Header) -> Iterator[Finding]:
    """Look at the bytes first; walk the elements only when there may be something."""
    document = header.document
    if not _may_hold(document):
        return
    odd = [(node, match[0]) for node in document.root.iter(etree.Element) if (match := _ODD.search(node.text or ""))]
    if odd:
        node, found = odd[0]
        points = " ".join(f"U+{ord(each):04X}" for each in found)
        yield rule.at(node, Severity.INFO, args={"found": points, "count": str(len(odd))})


def _may_hold(document: Document) -> bool:
    data = document.data
    if b"&" in data and b"&#" in data:
        return True
    if data.isascii():
        return False
    return document.encoding != "utf-8" or (b"\xc2" in data and _ODD_UTF8.search(data) is not None)
