"""The work of ``fatturakit render``: from what was asked to pages in their places."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from .. import limits
from ..batch import inputs, pages
from ..batch.opening import opened
from ..batch.pages import Drawn, Job, digest
from ..batch.state import State
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, FatturakitError, InputError, UsageError
from ..render import naming, options
from ..render.html import refuse
from ..render.options import Look
from ..render.speech import speech
from ..render.themes import theme
from ..texts import Text, language
from . import _io, _work
from ._places import Places
from ._progress import Progress, total

SHAPES = ("html", "pdf")
_ONE = (".xml", ".p7m", ".pk7", ".json")
_PATTERN = frozenset("*?[")


class Given(NamedTuple):
    """What was said beside the files."""

    theme: str
    shape: str | None
    stylesheet: str | None
    head_notes: tuple[str, ...]
    foot_notes: tuple[str, ...]
    accent: str | None
    logo: str | None
    qr: str | None
    links: bool
    with_findings: bool
    merge: bool
    name_pattern: str | None
    stdin_filename: str
    jobs: int | None
    progress: bool | None
    resume: str | None
    scheduler: str | None
    results: str | None
    target: str | None
    force: bool
    quiet: bool
    lang: str | None


def render(names: tuple[str, ...], given: Given) -> int:
    """Draw what ``names`` name; the exit code."""
    job = _job(given)
    found = inputs.expand(names, job.limits, stdin_name=given.stdin_filename)
    if given.merge and (given.resume or given.scheduler):
        raise UsageError(_MERGE_ALONE)
    if given.merge:
        return _merge(found, job, given)
    return _each(found, job, given, names, alone=_is_one_file(names) and given.name_pattern is None)


def _job(given: Given) -> Job:
    """Everything that can be wrong with the call is said here, before anything is read or written."""
    shape = given.shape or ("pdf" if (given.target or "").lower().endswith(".pdf") or given.merge else "html")
    look = Look(
        lang=_page_language(given.lang),
        head_notes=tuple(map(_text_of, given.head_notes)),
        foot_notes=tuple(map(_text_of, given.foot_notes)),
        accent=given.accent,
        logo=_bytes_of(given.logo) if given.logo else None,
        qr=given.qr,  # type: ignore[arg-type]
        links=given.links,
    )
    if given.stylesheet is None:
        _check(given.theme, look)
    elif look != Look(lang=look.lang):
        raise UsageError(_XSL_ALONE)
    if given.merge and (shape != "pdf" or given.stylesheet):
        raise UsageError(_MERGE_PDF)
    if given.name_pattern:
        naming.check(given.name_pattern)
    limit = limits.from_environment()
    return Job(given.theme, shape, look, limit, given.stylesheet, given.with_findings, bool(given.name_pattern))


def _check(name: str, look: Look) -> None:
    chosen = theme(name)
    speech(look.lang)
    refuse(chosen, look)
    options.notes(look.head_notes)
    options.notes(look.foot_notes)
    if look.accent:
        options.accent(look.accent)
    if look.logo:
        options.picture(look.logo)


def _page_language(asked: str | None) -> str:
    """--lang, FATTURAKIT_LANG (which may name a language only pages speak), the locale, Italian."""
    wanted = asked or os.environ.get("FATTURAKIT_LANG", "")
    return wanted if asked or wanted.partition("+")[0] in {"it", "en", "de"} else language()


def _text_of(note: str) -> str:
    """The note itself, or the text of ``@file``."""
    if not note.startswith("@"):
        return note
    try:
        return _bytes_of(note[1:]).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(_NOT_UTF8, path=note[1:]) from error


def _bytes_of(path: str) -> bytes:
    try:
        with Path(path).open("rb") as stream:
            return stream.read(4 * options.LOGO_BYTES)
    except OSError as error:
        raise UsageError(_UNREADABLE, path=path, reason=error.strerror or "") from error


def _is_one_file(names: tuple[str, ...]) -> bool:
    """True when one page comes out: no folder, list, pattern or archive. One that is not there is one that is said."""
    if len(names) != 1:
        return False
    name, path = names[0], Path(names[0])
    if "://" in name:
        return name.lower().endswith(_ONE) and not set(name) & _PATTERN
    if path.is_file():
        return not zipfile.is_zipfile(path)
    return name == "-" or not (path.is_dir() or name[:1] == "@" or set(name) & _PATTERN)


def _each(found: Iterable[inputs.Input], job: Job, given: Given, names: tuple[str, ...], *, alone: bool) -> int:
    """A page a document: to stdout or one file when there is one, else into a folder."""
    folder = _io.is_folder(given.target)
    if not alone and (given.target in {None, "-"}):
        raise UsageError(_NEEDS_FOLDER)
    if alone and not folder and given.target in {None, "-"} and job.shape == "pdf" and sys.stdout.isatty():
        raise UsageError(_TERMINAL)
    counting = Progress(given.progress, quiet=given.quiet, total=total(names, job.limits))
    with _work.how(given, _about(job, given)) as where, counting as progress:
        code, places = ExitCode.OK, Places(given.target or ".", where.state, force=given.force)
        for drawn in pages.pages(found, job, where):
            progress.count(drawn.item.shown, failed=drawn.page is None)
            if drawn.page is None:
                code = max(code, _complain(drawn, given))
                continue
            data = drawn.page.encode("utf-8") if isinstance(drawn.page, str) else drawn.page
            if alone and not folder:
                _write(data, given, where.state)
            else:
                places.put(data, partial(_name, drawn, job, given))
    return code


def _about(job: Job, given: Given) -> dict[str, object]:
    """What a state must have been made with to be gone on from."""
    return {"verb": "render", "--name-pattern": given.name_pattern, "page": digest(job)}


def _write(data: bytes, given: Given, state: State | None) -> None:
    if given.target is None or given.target == "-":
        _io.write_bytes(given.target, data, force=given.force)
    else:
        _work.put(given.target, data, state, force=given.force)


def _name(drawn: Drawn, job: Job, given: Given, names: SafeNames) -> str:
    if given.name_pattern and drawn.names:
        return names.give(f"{naming.filled(given.name_pattern, drawn.names)}.{job.shape}", "documento")
    return names.output(drawn.item.shown, f".{job.shape}")


def _merge(found: Iterable[inputs.Input], job: Job, given: Given) -> int:
    """One PDF of everything that can be read."""
    from ..render.pdf import Sources, merged

    if given.target is None or given.target == "-" or given.target.endswith(("/", os.sep)):
        raise UsageError(_MERGE_TARGET)
    code = ExitCode.OK
    ready: Sources = []
    for item, document in _opened(found, job):
        if isinstance(document, FatturakitError):
            code = max(code, _complain(Drawn(item, error=document), given))
        else:
            ready.append((document, pages.look_at(document, item, job)))
    if ready:
        _io.write_bytes(given.target, merged(ready, theme(job.theme)), force=given.force)
    return code


def _opened(found: Iterable[inputs.Input], job: Job) -> Iterator[tuple[inputs.Input, Any]]:
    for item in found:
        if item.archive != "":
            try:
                document = opened(item, job.limits)
                if document.profile is None:
                    pages.one(item, job)
                yield item, document
            except FatturakitError as error:
                yield item, error


def _complain(drawn: Drawn, given: Given) -> ExitCode:
    error = drawn.error
    if error is not None and not given.quiet:
        lang = language(given.lang)
        fix = error.finding.remedy(lang) if isinstance(error, InputError) and error.finding else ""
        _io.message(f"fatturakit: {_visible(drawn.item.shown)}: {_visible(error.say(lang))} {_visible(fix)}".rstrip())
    if drawn.crashed or error is None:
        return ExitCode.INTERNAL
    return ExitCode.INPUT if error.exit_code is ExitCode.FINDINGS else error.exit_code  # a JSON that is no document


def _visible(name: str) -> str:
    from ..report._visible import visible

    return visible(name)


_NEEDS_FOLDER = Text(
    "Più documenti: indica una cartella con -o CARTELLA/ (o un solo PDF con --merge -o FILE.pdf).",
    "Several documents: name a folder with -o FOLDER/ (or one PDF with --merge -o FILE.pdf).",
)
_TERMINAL = Text(
    "Un PDF non si mostra nel terminale: indica il file con -o FILE.pdf.",
    "A PDF cannot be shown on the terminal: name a file with -o FILE.pdf.",
)
_MERGE_TARGET = Text(
    "--merge scrive un solo PDF: indicalo con -o FILE.pdf.", "--merge writes one PDF: name it with -o FILE.pdf."
)
_MERGE_ALONE = Text(
    "--merge fa un solo PDF in una volta: non va con --resume né con --scheduler.",
    "--merge makes one PDF at once: it does not go with --resume or --scheduler.",
)
_MERGE_PDF = Text("--merge vale solo per i PDF dei temi.", "--merge is for PDFs of themes only.")
_XSL_ALONE = Text(
    "--stylesheet fa tutta la pagina: note, colore, logo e le altre opzioni della pagina valgono solo per i temi.",
    "--stylesheet makes the whole page: notes, colour, logo and the other options of a page are for themes only.",
)
_NOT_UTF8 = Text("«{path}» non è testo UTF-8.", "“{path}” is not UTF-8 text.")
_UNREADABLE = Text("«{path}» non si può leggere: {reason}.", "“{path}” cannot be read: {reason}.")
