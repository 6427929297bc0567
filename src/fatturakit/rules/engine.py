"""Judge a document: run the controls in SdI's order and put the answer into a ``Report``.

Never raises for a bad document: what cannot be opened gets a report with the verdict "unreadable".
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import localcontext
from typing import TYPE_CHECKING

from ..document import Document, open_to_judge
from ..errors import InputError
from ..findings import Finding, Layer, NotEvaluated, Report, Severity, Verdict
from ..sources import Source
from ..texts import Text
from . import content, unevaluated
from .amounts import CALCULUS
from .facts import Reading
from .options import Options
from .sdi import e00001_nome_file as name_rule
from .sdi import e00003_dimensione as size_rule
from .sdi import e00102_firma as signature_rule
from .sdi import e00106_vuoto, e00200_schema, e00201_troppi_errori, en00_esito
from .transmission import Transmission

if TYPE_CHECKING:
    from .signed import Judged

_FILE_RULES = (name_rule.check, size_rule.check, signature_rule.check)
_CHANGED = "00102"
_INVOICES = ("FPA12", "FPR12", "FSM10", "SDI11", "SDI10", "unknown")


def judge_source(source: Document | Source, options: Options, *, name: str | None = None) -> Report:
    """The report on one document (an open ``Document``, a path, bytes or a binary file); name: the one to judge."""
    path = shown(source) if name is None else name
    if isinstance(source, Document):
        return judge(Reading(source, options), path)
    try:
        document = _opened(source, name, options)
    except InputError as error:
        return unreadable(error, path, options)
    return judge(Reading(document, options, fresh=True), path)


def _opened(source: Source, name: str | None, options: Options) -> Document:
    name = None if name is None else os.path.basename(name)
    return open_to_judge(source, name=name, limits=options.limits, strict=options.strict)


def judge(reading: Reading, path: str) -> Report:
    """The report on an open document, shown as ``path``; callers may ask more of the reading afterwards."""
    document, options = reading.document, reading.options
    file = _transmission(document, options)
    judged = _signatures(document, options) if file.signed else None
    with localcontext(CALCULUS):
        findings = [*_about_delivery(file, judged, options), *_about_content(reading, file)]
    if findings:
        _let_go()
    kept = options.keep(findings)
    return Report(
        path=path,
        kind=document.kind,
        verdict=_verdict(document, kept),
        as_of=options.as_of,
        bodies=reading.keys(),
        layers=document.layers,
        repairs=document.repairs,
        findings=kept,
        not_evaluated=_not_evaluated(document, judged, options),
    )


def unreadable(error: InputError, path: str, options: Options, layers: tuple[str, ...] = ()) -> Report:
    """The report on an input that could not be opened, unwrapped or parsed."""
    finding = error.finding or Finding(
        code="00106", severity=Severity.ERROR, layer=Layer.ENVELOPE, message=error.text, args=_strings(error.args_)
    )
    return Report(
        path=path, kind="unknown", verdict=Verdict.UNREADABLE, as_of=options.as_of, layers=layers, findings=(finding,)
    )


def archive_report(path: str, size: int, options: Options, broken: str | None = None) -> Report | None:
    """The report on a ZIP archive as a file of its own; None when there is nothing to say about it."""
    file = Transmission(
        os.path.basename(path), size, "unknown", archive=True, preflight=options.preflight, channel=options.channel
    )
    findings = [*_about_file(file)] if path != "-" else []
    if broken:
        findings.append(e00106_vuoto.check(broken))
    kept = options.keep(findings)
    if not kept:
        return None
    bad = any(finding.severity is Severity.ERROR for finding in kept)
    verdict = Verdict.UNREADABLE if broken else Verdict.INVALID if bad else Verdict.VALID
    return Report(path=path, kind="unknown", verdict=verdict, as_of=options.as_of, layers=("zip",), findings=kept)


def _transmission(document: Document, options: Options) -> Transmission:
    return Transmission(
        name=document.name if document.kind in _INVOICES else "",
        size=len(document.received),
        kind=document.kind,
        signed=document.is_signed,
        preflight=options.preflight,
        channel=options.channel,
    )


def _about_delivery(file: Transmission, judged: Judged | None, options: Options) -> list[Finding]:
    """The file and its signatures; that the document is not what was signed comes before everything else."""
    found = [*_about_signatures(judged, options)]
    changed = any(each.code == _CHANGED for each in found)
    return [*found, *_about_file(file)] if changed else [*_about_file(file), *found]


def _about_file(file: Transmission) -> Iterator[Finding]:
    for check in _FILE_RULES:
        finding = check(file)
        if finding is not None:
            yield finding


def _about_content(reading: Reading, file: Transmission) -> Iterator[Finding]:
    """Schema first; content too, wherever the nodes exist, unless there are more format errors than SdI counts."""
    document, options = reading.document, reading.options
    if document.repairs:
        yield from _about_repairs(document)
    if document.is_audit_file:
        return
    limit = options.limits.format_errors
    errors = list(e00200_schema.check(reading, file))
    yield from errors[:limit]
    if len(errors) > limit:
        yield e00201_troppi_errori.check(limit)
    else:
        yield from content.findings(reading)
    if errors and document.kind == "EC":
        yield en00_esito.check()


def _about_repairs(document: Document) -> Iterator[Finding]:
    """What SdI would refuse and reading has mended."""
    from ..envelope.ledger import finding

    for entry in document.repairs:
        found = finding(entry, document.data)
        if found is not None:
            yield found


def _verdict(document: Document, findings: tuple[Finding, ...]) -> Verdict:
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Verdict.INVALID
    return Verdict.UNCLEAR if document.profile is None or document.kind == "unknown" else Verdict.VALID


def _let_go() -> None:
    """Places of findings are remembered from one to the next; not beyond their document."""
    from ..schema.xpath import forget

    forget()


def _signatures(document: Document, options: Options) -> Judged | None:
    """What is known of the signatures of a signed invoice; None when there is nobody to verify them."""
    if options.signatures is None or document.kind not in _INVOICES:
        return None
    return options.signatures(document, options)


def _about_signatures(judged: Judged | None, options: Options) -> Iterator[Finding]:
    if judged is not None:
        from . import signatures  # unsigned files, most of all, need none of it

        yield from signatures.findings(judged, options)


def _not_evaluated(document: Document, judged: Judged | None, options: Options) -> tuple[NotEvaluated, ...]:
    if document.is_audit_file:
        return unevaluated.audit_file()
    state: unevaluated.Signatures = "unjudged" if options.signatures is None else "none"
    if judged is not None:
        state = "trusted" if judged.anchors else "judged"
    named = bool(document.name)
    kept = {"select": options.select, "ignore": options.ignore}
    return unevaluated.rows(document.kind, day=options.as_of, named=named, signatures=state, **kept)


def shown(source: Document | Source) -> str:
    """How a report calls what it is about: its name, as given."""
    if isinstance(source, Document):
        return source.name or "-"
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "-"


def _strings(args: dict[str, object]) -> dict[str, str | Text]:
    return {key: value if isinstance(value, Text) else str(value) for key, value in args.items()}
