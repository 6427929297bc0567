"""Why a document was rejected: every violation as a finding. Loaded only when there is something to explain.

Our own walk over the element table confirms the rejection independently of libxml2 and words it. Two things remain:
white space around dates, which the standard allows and libxml2 refuses (then the document is valid), and what the walk
does not look into (``xsi:`` attributes, the inside of a signature), which the ``xmlschema`` package puts into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import Final

from lxml import etree

from ..findings import Finding, Layer, Severity
from ..texts import Text
from ..xmlio import line_of, local, text
from . import xpath
from .compiled import arbiter, fast
from .lexical import collapse
from .profiles import Profile
from .structure import walk
from .table import ElementTable, table
from .wording import finding, shortened

_QUOTED: Final = 20


def explained(root: etree._Element, profile: Profile, most: int) -> list[Finding]:
    """At most ``most`` findings about a document libxml2 rejects; [] when it was wrong to."""
    rows = table(profile.name)
    wrong_root = _root_namespace(root, profile)
    if wrong_root:
        inner = _renamed(root, profile)
        rest = [] if fast(profile).validate(inner) else islice(_walked(inner, rows), most - 1)
        return [wrong_root, *rest]
    found = list(islice(_walked(root, rows), most))
    if found or _only_blanks_around_dates(root, profile, rows):
        return found
    return list(islice(_quoted(root, profile, rows), most))


def _walked(root: etree._Element, rows: ElementTable) -> Iterator[Finding]:
    return (finding(violation, rows) for violation in walk(root, rows))


def _only_blanks_around_dates(root: etree._Element, profile: Profile, rows: ElementTable) -> bool:
    """True when libxml2 accepts the document once its dates are trimmed, as the standard does before judging them."""
    names = {row.name for row in rows if row.type and row.type.base in {"xs:date", "xs:dateTime"}}
    trimmed, changed = deepcopy(root), False
    for node in trimmed.iter(*names):
        value = text(node)
        if value != collapse(value):
            node[:], node.text, changed = [], collapse(value), True
    return changed and fast(profile).validate(trimmed)


def _quoted(root: etree._Element, profile: Profile, rows: ElementTable) -> Iterator[Finding]:
    """A rejection our walk does not explain, in the words of ``xmlschema``, or of libxml2 where that has none."""
    yield from _second_opinion(root, profile, rows) or _first_opinion(root, profile, rows)


def _second_opinion(root: etree._Element, profile: Profile, rows: ElementTable) -> list[Finding]:
    bare = deepcopy(root)
    etree.strip_tags(bare, etree.Comment, etree.ProcessingInstruction)  # it stumbles over them inside values
    try:
        errors = list(islice(arbiter(profile).iter_errors(bare), _QUOTED))
    except Exception:  # it fails on some nonsense (an unknown xsi:type) instead of judging it
        return []
    nodes = [error.elem if etree.iselement(error.elem) else bare for error in errors]
    return [_in_its_words(node, error.reason or "", rows) for node, error in zip(nodes, errors, strict=True)]


def _first_opinion(root: etree._Element, profile: Profile, rows: ElementTable) -> list[Finding]:
    fast(profile).validate(root)
    log = list(fast(profile).error_log)  # type: ignore[call-overload]
    return [_in_its_words(_at(root, entry.path), entry.message, rows) for entry in log[:_QUOTED]]


def _at(root: etree._Element, path: str | None) -> etree._Element:
    """The node libxml2 names by a path of the document's own prefixes; the root when it cannot be followed."""
    spaces = {prefix: uri for node in root.iter() for prefix, uri in node.nsmap.items() if prefix}
    try:
        found = root.getroottree().xpath(path or "/*", namespaces=spaces)
    except etree.XPathEvalError:
        return root
    return found[0] if isinstance(found, list) and found and etree.iselement(found[0]) else root


def _in_its_words(node: etree._Element, detail: str, rows: ElementTable) -> Finding:
    row = rows.get(xpath.plain(node))
    return Finding(
        code="00200",
        severity=Severity.ERROR,
        layer=Layer.XSD,
        message=_ENGINE,
        fix=_ENGINE_FIX,
        path=xpath.of(node, rows),
        line=line_of(node),
        field=(row.field if row else None) or None,
        body=xpath.body_index(node),
        args={"name": local(node), "detail": detail[:300]},
    )


def _root_namespace(root: etree._Element, profile: Profile) -> Finding | None:
    if root.tag == f"{{{profile.namespace}}}{local(root)}":
        return None
    found = str(root.tag).rpartition("}")[0].lstrip("{")
    return Finding(
        code="00200",
        severity=Severity.ERROR,
        layer=Layer.XSD,
        message=_ROOT if found else _NO_ROOT,
        fix=_ROOT_FIX,
        path=xpath.of(root),
        line=line_of(root),
        args={"found": shortened(found), "name": local(root), "expected": profile.namespace},
    )


def _renamed(root: etree._Element, profile: Profile) -> etree._Element:
    """A copy with the right root, so that what else is wrong shows in the same pass."""
    inner = deepcopy(root)
    inner.tag = f"{{{profile.namespace}}}{local(root)}"
    return inner


_ROOT = Text(
    "<{name}> è nel namespace «{found}», SdI vuole «{expected}».",
    "<{name}> is in the namespace “{found}”, SdI wants “{expected}”.",
)
_NO_ROOT = Text(
    "<{name}> non ha namespace, SdI vuole «{expected}».", "<{name}> has no namespace, SdI wants “{expected}”."
)
_ROOT_FIX = Text(
    'Apri il documento con <p:{name} xmlns:p="{expected}" …> e chiudilo con </p:{name}>.',
    'Open the document with <p:{name} xmlns:p="{expected}" …> and close it with </p:{name}>.',
)
_ENGINE = Text("<{name}> non rispetta lo schema: {detail}.", "<{name}> breaks the schema: {detail}.")
_ENGINE_FIX = Text("Correggi l'elemento indicato.", "Mend the element named.")
