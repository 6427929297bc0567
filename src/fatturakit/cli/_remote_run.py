"""What the commands of ``remote`` do: values to a call, its result to stdout or a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

from .. import limits
from ..convert.text import to_bytes
from ..errors import ExitCode, FatturakitError, FindingsError, InputError, UsageError
from ..remote import connect, extra, keeping
from ..remote.endpoints import Endpoint, Provider
from ..texts import Text, language
from ..writing import make_folder
from . import _io, _sources
from ._language import words

_PLACE: Final = ("base_url", "sandbox", "account", "timeout", "lang")


def run(provider: Provider, row: Endpoint, **given: Any) -> int:
    """One row of a table as a command."""
    with opened(provider, given) as remote:
        return _doing(row)(remote, row, given)


def _doing(row: Endpoint) -> Callable[[Any, Endpoint, dict[str, Any]], int]:
    return {"export": _export, "saft": _saft}.get(row.verb, _plain)


@contextmanager
def opened(provider: Provider, given: Mapping[str, Any]) -> Iterator[Any]:
    """The client, or for --dry-run one that only shows; what it shows goes to stdout."""
    extra.require()
    from ..remote.service import Service
    from ..remote.showing import Showing, Shown

    options = {name: given[name] for name in _PLACE if given.get(name)}
    known = limits.from_environment()
    if not given["dry_run"]:
        tokens = keeping.folder() if provider.auth.login else None
        with connect.connect(provider.name, limits=known, tokens=tokens, **options) as remote:
            yield remote
        return
    plan = connect.Plan(provider.name, options)
    driver: Any = Showing(plan.masker)
    try:
        yield Service(plan.session(showing=True), driver, known)
    except Shown as shown:
        _io.Output(sys.stdout).write(shown.text)


def _plain(remote: Any, row: Endpoint, given: dict[str, Any]) -> int:
    values = values_of(row, given)
    form = given.get("form") or ""
    if row.replies[0].shape in {"receipts", "invoices", "report", "configurations"} and form != "zip":
        return _rows(remote.each(row.verb, **values), given)
    if form == "zip":
        return saved(remote.download, given, **values)
    options = {name: given[name] for name in ("form", "send_as", "check") if given.get(name) is not None}
    if row.body is None:
        return _shown(remote.call(row.verb, **options, **values), given)
    if "uuids" in given:
        document = {"uuids": list(given["uuids"]), "downloaded": given["downloaded"]}
        return _shown(remote.call(row.verb, document, **values), given)
    if "file" in given:
        return _shown(remote.call(row.verb, _one(given["file"]), **options, **values), given)
    return _each(remote, row, given, options, values)


def values_of(row: Endpoint, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of the service among what was given; what was not given is left out."""
    known = {param.word for param in row.params}
    found = {name: value for name, value in given.items() if name in known and value not in (None, ())}
    return {name: _single(value) for name, value in found.items()}


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _one(name: str) -> Any:
    return sys.stdin.buffer.read() if name == "-" else name


def _each(remote: Any, row: Endpoint, given: dict[str, Any], options: dict[str, Any], values: dict[str, Any]) -> int:
    """Every file on its own: a document that is refused does not stop the others, a service that is does."""
    code = ExitCode.OK
    several = len(given["files"]) > 1
    with _io.destination(given["target"], force=given["force"]) as output:
        for item, data in _sources.read(given["files"], limits.from_environment()):
            try:
                if isinstance(data, InputError):
                    raise data
                result = remote.call(row.verb, data, **options, **values)
            except FatturakitError as error:
                if not _goes_on(error):
                    raise
                code = max(code, error.exit_code)
                _complain(item.shown, error, given)
                continue
            _write_one(output, item.shown, result, several=several)
    return code


def _goes_on(error: FatturakitError) -> bool:
    from ..remote.errors import Conflict, Refused

    return isinstance(error, InputError | FindingsError | Refused | Conflict)


def _write_one(output: _io.Output, shown: str, result: Any, *, several: bool) -> None:
    if isinstance(result, bytes):
        output.write(result.decode("utf-8", "replace"))
        return
    if isinstance(result, str):
        result = {"path": shown, "uuid": result}
    elif several:
        result = {"path": shown, "result": result}
    if result is not None:
        output.write(to_bytes(result).decode() + "\n")


def _complain(shown: str, error: FatturakitError, given: dict[str, Any]) -> None:
    if isinstance(error, InputError):
        _sources.complain(shown, error, given)
        return
    _io.message(f"fatturakit: {shown}: {error.say(language(given['lang']))}")


def _rows(rows: Iterator[Any], given: dict[str, Any]) -> int:
    """JSON Lines, written as the pages come."""
    with _io.destination(given["target"], force=given["force"]) as output:
        for row in islice(rows, given.get("most")):
            output.write(to_bytes(row).decode() + "\n")
    return ExitCode.OK


def _shown(result: Any, given: dict[str, Any]) -> int:
    if result is None:
        if not given["quiet"]:
            _io.message(words("Fatto.", "Done."))
        return ExitCode.OK
    data = result if isinstance(result, bytes) else to_bytes(result, indent=True)
    _io.write_bytes(given["target"], data, force=given["force"])
    return ExitCode.OK


def _export(remote: Any, row: Endpoint, given: dict[str, Any]) -> int:
    return saved(remote.export, given, **values_of(row, given))


def saved(save: Any, given: dict[str, Any], **values: Any) -> int:
    """A file streamed to disk; nothing to save is not an error."""
    if given["target"] in {None, "-"}:
        raise UsageError(_NO_TARGET)
    made = save(given["target"], force=given["force"], **values)
    if made is None and not given["quiet"]:
        _io.message(words("Nessun documento.", "No documents."))
    return ExitCode.OK


def _saft(remote: Any, row: Endpoint, given: dict[str, Any]) -> int:
    if given["year"] is None or given["target"] in {None, "-"}:
        raise UsageError(_NO_TARGET if given["year"] else _NO_YEAR)
    folder = _sources.is_folder(given["target"])
    if folder and not given["dry_run"]:
        make_folder(given["target"])
    month = int(given["month"]) if given["month"] else None
    made = remote.saft(int(given["year"]), month, given["target"], deadline=given["deadline"], force=given["force"],
                       progress=None if given["quiet"] else _tell)  # fmt: skip
    for path in made:
        _io.message(str(path))
    if not made and not given["quiet"]:
        _io.message(words("Nessun documento.", "No documents."))
    return ExitCode.OK


def _tell(progress: Any) -> None:
    said = {"year": progress.year, "month": progress.month, "seconds": round(progress.seconds)}
    _io.message(_WAITING.say(language(None), said))


_NO_TARGET: Final = Text("Serve -o FILE (o una cartella).", "-o FILE (or a folder) is needed.")
_NO_YEAR: Final = Text("Serve --year.", "--year is needed.")
_WAITING: Final = Text(
    "SAF-T {year}-{month:02d}: in preparazione da {seconds} s…",
    "SAF-T {year}-{month:02d}: under way for {seconds} s…",
)
