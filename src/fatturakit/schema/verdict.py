"""The schema verdict of a document, and every violation as a finding.

Three voices: libxml2 answers in microseconds; when it rejects, our own walk over the element table confirms the
rejection independently and words it; when the walk finds nothing to object to, the ``xmlschema`` package decides
(libxml2 is known to refuse white space around dates, which the standard allows).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml import etree

from ..findings import Finding, Layer, Severity
from ..texts import Text
from ..xmlio import line_of, local
from . import xpath
from .compiled import arbiter, fast
from .profiles import Profile
from .structure import walk
from .table import ElementTable, table
from .wording import finding, shortened


def violations(root: etree._Element, profile: Profile, most: int = 50) -> list[Finding]:
    """The 00200 findings of a document whose root belongs to ``profile``; [] when it is valid.

    At most ``most + 1`` are returned, so that the caller can tell "fifty" from "more than fifty".
    """
    if fast(profile).validate(root):
        return []
    return _explained(root, profile, most + 1)


def _explained(root: etree._Element, profile: Profile, most: int) -> list[Finding]:
    rows = table(profile.name)
    wrong_root = _root_namespace(root, profile)
    if wrong_root:
        inner = _renamed(root, profile)
        rest = [] if fast(profile).validate(inner) else islice(_walked(inner, rows), most - 1)
        return [wrong_root, *rest]
    return list(islice(_walked(root, rows), most)) or list(islice(_arbitrated(root, profile, rows), most))


def _walked(root: etree._Element, rows: ElementTable) -> Iterator[Finding]:
    return (finding(violation, rows) for violation in walk(root, rows))


def _arbitrated(root: etree._Element, profile: Profile, rows: ElementTable) -> Iterator[Finding]:
    """What the arbiter objects to; nothing means that libxml2 was wrong. If it fails itself, libxml2 is believed."""
    try:
        for error in arbiter(profile).iter_errors(root):
            node = error.elem if etree.iselement(error.elem) else root
            yield _in_its_words(node, error.reason or str(error.validator), rows)
    except Exception:
        fast(profile).validate(root)
        for entry in list(fast(profile).error_log):  # type: ignore[call-overload]
            yield _in_its_words(_at(root, entry.path), entry.message, rows)


def _at(root: etree._Element, path: str | None) -> etree._Element:
    spaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    found = root.getroottree().xpath(path, namespaces=spaces) if path and "*" not in path else []
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
