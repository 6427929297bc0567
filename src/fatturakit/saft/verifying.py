"""The chain of signatures of every series, through one file or a row of monthly ones, in constant memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ..errors import InputError
from ..findings import Finding, Report, Verdict
from ..limits import DEFAULT, Limits
from ..texts import Text
from ..xmlio import line_of
from .desk import Desk
from .diagnose import Before, Signed, diagnose, digest, is_whole
from .encoding import FALLBACK
from .extra import load
from .fitting import fitting
from .formats import FORMATS, Format, Section
from .hashchain import Verifier, message, series_of
from .head import BadEncoding, Head, head_of
from .model import number
from .reader import Reader, Record
from .rules.chain import AFTER_GAP, CHAIN, FIRST, INTEGRATED, OTHER_VERSION
from .rules.declare import Place
from .series import Neighbours, Series
from .source import Source
from .tree import local_name
from .validating import today, unreadable

Key = tuple[str, str, str]


class Link:
    """What the next document of a series needs of one: number, hash, the hash before it, date.

    waiting: the document itself while the one before it has not come.
    """

    __slots__ = ("date", "earlier", "hash", "number", "waiting")

    def __init__(self, doc: Signed) -> None:
        self.number, self.hash, self.date = doc.number, doc.hash, doc.date
        self.earlier = ""
        self.waiting: Signed | None = None


class Chain:
    """Verifies documents as they come, in any order, from any number of files.

    counts: by company, section and series, how many valid, invalid, skipped, unsigned.
    """

    def __init__(self, verifier: Verifier, key: Any, limits: Limits = DEFAULT) -> None:
        self._verifier, self._key, self._limits = verifier, key, limits
        self._series: dict[Key, Series[Link]] = {}
        self._neighbour: dict[str, str] = {}
        self._versions: set[str] = set()
        self._strange: list[tuple[Signed, Before, Counter[str]]] = []
        self.counts: dict[Key, Counter[str]] = {}
        self.desk = Desk(limits)
        self.company = ""

    def file(self, company: str) -> None:
        """A new file begins."""
        self.company, self.desk, self.counts = company, Desk(self._limits), {}

    def document(self, doc: Signed) -> None:
        """One document."""
        key = (self.company, doc.section, doc.series)
        counts, series = self.counts.get(key), self._series.get(key)
        if counts is None or series is None:
            counts = self.counts[key] = Counter()
            series = self._series.setdefault(key, Series())
        link = Link(doc)
        last = series.extend(doc.place, link)
        verifies = self._verifier.verifies
        if last is not None and doc.hash not in _NONE and verifies(_text(doc, last.hash), doc.hash):  # nearly always
            link.earlier = last.hash
            self._right(doc, counts)
            self._neighbour[doc.section] = doc.hash
            return
        around = Neighbours(True, last, None, True) if last is not None else series.add(doc.place, link)
        before = around.below if around.follows else None
        if before is not None:
            link.earlier = before.hash
        if doc.hash in _NONE:
            counts["unsigned"] += 1
            self.desk.add(CHAIN["PT7103"], _place(doc))
        elif around.fresh:
            self._arrived(doc, link, before, counts)
        self._neighbour[doc.section] = doc.hash
        if around.precedes and around.above is not None and around.above.waiting is not None:
            waiting, around.above.waiting = around.above.waiting, None
            self._judge(waiting, link, counts)

    def _arrived(self, doc: Signed, link: Link, before: Link | None, counts: Counter[str]) -> None:
        right = before.hash if before is not None else ""
        if doc.source == "I" and "." in doc.control and not self._verifies(doc, right):
            self._skip(doc, INTEGRATED, counts)
        elif before is not None or doc.place == 1:
            self._judge(doc, before, counts)
        elif self._verifies(doc, ""):
            self._right(doc, counts)
        else:
            link.waiting = doc

    def closed(self) -> tuple[Finding, ...]:
        """The file is over: documents whose predecessor has not come cannot be verified. What was found."""
        self._strangers()
        for key, series in self._series.items():
            for place, run in enumerate(series.runs):
                if run.first.waiting is not None:
                    doc, run.first.waiting = run.first.waiting, None
                    self._skip(doc, AFTER_GAP if place else FIRST, self.counts.setdefault(key, Counter()))
        for (_, section, name), counts in sorted(self.counts.items()):
            numbers = {kind: counts[kind] for kind in ("valid", "invalid", "skipped", "unsigned")}
            place_ = Place(None, f"/AuditFile/SourceDocuments/{section}")
            self.desk.add(CHAIN["PT7100"], place_, series=name, **numbers)
        return self.desk.findings()

    def _strangers(self) -> None:
        """The signatures of another key, now that the versions of this one are known."""
        for doc, hashes, counts in self._strange:
            if self._is_other(doc):
                self._skip(doc, OTHER_VERSION, counts)
            else:
                self._say(doc, hashes, counts)
        self._strange.clear()

    def _is_other(self, doc: Signed) -> bool:
        """Whether HashControl names a version of the key under which nothing has verified, while others have."""
        version = _version(doc.control)
        return bool(version and self._versions) and version not in self._versions

    def _judge(self, doc: Signed, before: Link | None, counts: Counter[str]) -> None:
        right = _previous(before)
        new_year = before is not None and before.date[:4] != doc.date[:4]
        if self._verifies(doc, right) or (new_year and self._verifies(doc, "")):
            self._right(doc, counts)
            return
        number_, earlier = (before.number, before.earlier) if before else ("", "")
        hashes = Before(right, number_, earlier, self._neighbour.get(doc.section, ""))
        if not is_whole(doc.hash) or digest(self._key, doc.hash) is not None:
            self._say(doc, hashes, counts)
        elif len(self._strange) < self._limits.saft_findings:
            self._strange.append((doc, hashes, counts))
        elif self._is_other(doc):
            self._skip(doc, OTHER_VERSION, counts)
        else:
            self._say(doc, hashes, counts)

    def _right(self, doc: Signed, counts: Counter[str]) -> None:
        counts["valid"] += 1
        if doc.control not in self._versions:
            self._versions.add(_version(doc.control))

    def _say(self, doc: Signed, hashes: Before, counts: Counter[str]) -> None:
        """An invalid signature, and why."""
        counts["invalid"] += 1
        if counts["invalid"] <= self._limits.saft_findings:
            diagnosis = _filled(*diagnose(self._key, doc, hashes))
            self.desk.add(CHAIN["PT7101"], _place(doc), diagnosis=diagnosis, expected=_text(doc, hashes.right))
        else:
            self.desk.add(CHAIN["PT7101"], _place(doc), diagnosis="", expected="")

    def _verifies(self, doc: Signed, previous: str) -> bool:
        return self._verifier.verifies(_text(doc, previous), doc.hash)

    def _skip(self, doc: Signed, reason: Text, counts: Counter[str]) -> None:
        counts["skipped"] += 1
        self.desk.add(CHAIN["PT7102"], _place(doc), reason=reason)


_NONE: Final = frozenset({"", "0"})


def _previous(before: Link | None) -> str:
    return "" if before is None or before.hash in _NONE else before.hash


def _version(control: str) -> str:
    """The version of the key that HashControl names: ``2`` of ``2-FTM A/1``; "" of ``9999.1``, another program's."""
    found = _VERSION.match(control)
    return found[1] if found else ""


_VERSION: Final = re.compile(r"([0-9]+)(?:-|$)", re.ASCII)


def verify(sources: Iterable[Source], pem: bytes, limits: Limits = DEFAULT) -> Iterator[Report]:
    """The reports on the signatures of audit files, which are taken in the order of their periods.

    pem: a public key or a certificate; ``InputError`` when it is neither, the ``MissingExtra`` of "sign" without it.
    """
    chain = Chain(Verifier.from_pem(pem), public_key(pem), limits)
    ordered: list[tuple[tuple[str, str], int, Source]] = []
    for place, source in enumerate(sources):
        try:
            head = _head(source, limits)
        except InputError as error:
            yield unreadable(source, error)
        else:
            ordered.append(((head.company, head.start), place, source))
    for _, _, source in sorted(ordered, key=lambda row: row[:2]):
        try:
            yield _file(source, chain, limits)
        except InputError as error:
            yield unreadable(source, error)


def _head(source: Source, limits: Limits) -> Head:
    try:
        return head_of(source, limits)
    except BadEncoding:
        return head_of(source, limits, FALLBACK)


def _file(source: Source, chain: Chain, limits: Limits) -> Report:
    encoding = fitting(source, limits)
    head = head_of(source, limits, encoding)
    chain.file(head.company)
    reader = Reader(source, head.variant, limits, None, encoding)
    for record in reader.records():
        section = _SECTIONS[head.variant].get((record.home, record.name))
        if section is not None and (doc := signed(record, section)) is not None:
            chain.document(doc)
    findings = chain.closed()
    if reader.trouble is not None:
        return unreadable(source, reader.trouble, head.variant.kind, findings)
    verdict = Verdict.INVALID if chain.desk.errors else Verdict.VALID
    return Report(source.shown, head.variant.kind, verdict, today(), layers=source.layers, findings=findings)


_SECTIONS: Final[dict[Format, dict[tuple[str, str], Section]]] = {
    variant: {(section.name, section.record): section for section in variant.sections if section.signed}
    for variant in FORMATS
}


def signed(record: Record, section: Section) -> Signed | None:
    """What the signature sees of a document; None without a number. Lines are passed over unread."""
    found: dict[str, str] = {}
    for child in record.element:
        name = local_name(child.tag)
        if name in {"DocumentStatus", "DocumentTotals"}:
            found.update((local_name(leaf.tag), leaf.text or "") for leaf in child if not len(leaf))
        elif name != "Line":
            found.setdefault(name, child.text or "")
    get = found.get
    text = get(section.number, "")
    place = series_of(text)
    if place is None:
        return None
    return Signed(
        section.name,
        place[0],
        place[1],
        text,
        get(section.date, "").strip(),
        get("SystemEntryDate", "").strip(),
        get("GrossTotal", "").strip(),
        get("NetTotal", "").strip(),
        get("Hash", ""),
        get("HashControl", ""),
        get("SourceBilling", ""),
        get(section.status + "Date", "").strip(),
        f'/AuditFile/SourceDocuments/{section.name}/{section.record}[{section.number}="{text}"]/Hash',
        line_of(record.element),
    )


def public_key(pem: bytes) -> Any:
    """The key itself, to look into signatures that do not verify."""
    if b"CERTIFICATE" in pem:
        return load("cryptography.x509").load_pem_x509_certificate(pem).public_key()
    return load("cryptography.hazmat.primitives.serialization").load_pem_public_key(pem)


def _filled(text: Text, args: dict[str, str | Text]) -> Text:
    """A sentence with its own arguments put in, to be an argument itself."""
    return Text(text.say("it", args), text.say("en", args), text.say("pt", args))


def _text(doc: Signed, previous: str) -> str:
    if _TWO_PLACES.fullmatch(doc.gross):  # as nearly every program writes it: nothing to round
        return f"{doc.date};{doc.entry};{doc.number};{doc.gross};{previous}"
    gross = number(doc.gross)
    if gross is None:
        return f"{doc.date};{doc.entry};{doc.number};{doc.gross};{previous}"
    return message(doc.date, doc.entry, doc.number, gross, previous)


_TWO_PLACES: Final = re.compile(r"(0|[1-9][0-9]*)\.[0-9][0-9]", re.ASCII)


def _place(doc: Signed) -> Place:
    return Place(doc.line, doc.path, doc.number)
