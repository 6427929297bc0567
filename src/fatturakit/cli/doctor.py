"""``fatturakit doctor``: is everything here that fatturakit needs, and what line brings the rest. No network."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import click

from .._version import __version__
from ..errors import ExitCode
from ..report._encode import encode
from ..report.screen import UNKNOWN, Page, Style, ascii_only, terminal_width
from ..report.screen_doctor import Check, as_dict, healthy, screen
from ..texts import Text, language
from . import _config, _io, _options
from ._language import examples, words
from ._packages import installed, older, requirements

_PANGO: Final = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
_PANGO_LINE: Final = {
    "Linux": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "Darwin": "brew install pango",
}
_LANGUAGES: Final = ("FATTURAKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_REINSTALL: Final = "pip install --force-reinstall fatturakit"


_INSTALL: Final = "pip install fatturakit"
_NOT_INSTALLED: Final = Text("eseguito senza essere installato", "run without being installed")


@click.command(
    name="doctor",
    help=words(
        "Dice se c'è tutto quello che serve e la riga esatta per installare ciò che manca. Non usa la rete.",
        "Say whether everything needed is here, and the exact line for what is missing. No network.",
    ),
    epilog=words(
        examples(
            "doctor",
            "doctor --format json",
            "doctor --show-config",
            then="Esce con 0 (bene; gli extra sono facoltativi) o 4 (manca qualcosa di necessario).",
        ),
        examples(
            "doctor",
            "doctor --format json",
            "doctor --show-config",
            then="Exits with 0 (fine; extras are optional) or 4 (something necessary is missing).",
        ),
    ),
)
@_options.shape(words("Schermata o dati.", "Screen or data."))
@click.option(
    "--show-config",
    is_flag=True,
    help=words("Ogni impostazione e da dove viene.", "Every setting and where it comes from."),
)
@_options.output
@_options.common
def command(**given: Any) -> int:
    """The verb; its help is above."""
    checks = [check for look in LOOKS for check in look()]
    checks += _configuration(given["config"], isolated=given["isolated"], everything=given["show_config"])
    target: str | None = given["target"]
    with _io.destination(target, force=given["force"]) as output:
        if given["shape"] == "json":
            output.write(encode(as_dict(__version__, checks, language(given["lang"]))) + "\n")
        else:
            page = _page(given, to_terminal=target in {None, "-"})
            output.write("\n".join(page.finished(screen(page, __version__, checks))) + "\n")
    return ExitCode.OK if healthy(checks) else ExitCode.MISSING_EXTRA


def _page(given: dict[str, Any], *, to_terminal: bool) -> Page:
    width = terminal_width(sys.stdout) if to_terminal else UNKNOWN
    color = to_terminal and _io.use_color(given["color"])
    return Page(Style(language(given["lang"]), width, color, to_terminal and ascii_only(sys.stdout)))


def _python() -> Iterator[Check]:
    value = f"{platform.python_implementation()}, {platform.system()} {platform.machine()}"
    yield Check(section="python", name=platform.python_version(), value=value)


def _packages() -> Iterator[Check]:
    core = [(name, least) for name, least, extra in requirements() if extra is None]
    if not core:
        yield Check(section="packages", name="fatturakit", value=_NOT_INSTALLED, status="missing", advice=_INSTALL)
    yield from (_package(name, least) for name, least in core)
    from lxml import etree

    running, compiled = (
        ".".join(map(str, version)) for version in (etree.LIBXML_VERSION, etree.LIBXML_COMPILED_VERSION)
    )
    value = Text(f"{running} (compilata con {compiled})", f"{running} (compiled with {compiled})")
    yield Check(section="packages", name="libxml2", value=value)


def _package(name: str, least: str) -> Check:
    found = installed(name)
    if found and not older(found, least):
        return Check(section="packages", name=name, value=found)
    need = f"pip install '{name}>={least}'" if least else f"pip install {name}"
    value = found or Text("non installato", "not installed")
    return Check(section="packages", name=name, value=value, status="broken", advice=need)


def _extras() -> Iterator[Check]:
    extras: dict[str, list[tuple[str, str]]] = {}
    for name, least, extra in requirements():
        if extra and extra != "all":
            extras.setdefault(extra, []).append((name, least))
    for extra, packages in extras.items():
        known = [(name, installed(name)) for name, _ in packages]
        absent = [name for name, version in known if not version]
        old = [name for (name, least), (_, found) in zip(packages, known, strict=True) if found and older(found, least)]
        if absent or old:
            advice = f"pip install --upgrade 'fatturakit[{extra}]'" if old else f"pip install 'fatturakit[{extra}]'"
            value = ", ".join([*absent, *old])
            yield Check(section="extras", name=extra, value=value, status="missing", advice=advice)
        else:
            yield Check(section="extras", name=extra, value=", ".join(f"{name} {found}" for name, found in known))


def _libraries() -> Iterator[Check]:
    from ctypes.util import find_library

    found = [find_library(name) for name in _PANGO]
    if all(found):
        yield Check(section="libraries", name="Pango", value=", ".join(str(name) for name in found))
        return
    absent = ", ".join(name for name, library in zip(_PANGO, found, strict=True) if not library)
    value = Text(f"{absent} (serve all'extra pdf)", f"{absent} (the pdf extra needs it)")
    advice = _PANGO_LINE.get(platform.system(), "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html")
    yield Check(section="libraries", name="Pango", value=value, status="missing", advice=advice)


def _schemas() -> Iterator[Check]:
    from ..schema.compiled import fast
    from ..schema.profiles import PROFILES

    for profile in PROFILES:
        trouble = _trouble(partial(fast, profile))
        value = trouble or Text(f"{profile.version}, si compila", f"{profile.version}, compiles")
        yield _core("schemas", profile.name.rpartition("-")[0], value, trouble, _REINSTALL)


def _data() -> Iterator[Check]:
    from ..resources import folder

    for name in ("schemas", "stylesheets"):
        trouble = _trouble(partial(folder, name))
        yield _core("data", name, trouble or str(folder(name)), trouble, _REINSTALL)


def _system() -> Iterator[Check]:
    lang = language()
    silent = {None, "", "C", "POSIX", "C.UTF-8"}
    origin = next((name for name in _LANGUAGES if os.environ.get(name) not in silent), "")
    encoding = getattr(sys.stdout, "encoding", None) or "?"
    value = f"{lang} ({origin}={os.environ[origin]}), {encoding}" if origin else f"{lang}, {encoding}"
    yield Check(section="system", name=words("lingua", "language"), value=value)
    trouble = _trouble(lambda: tempfile.TemporaryFile().close())
    yield _core(
        "system", words("temporanei", "temporary"), trouble or tempfile.gettempdir(), trouble, "export TMPDIR=…"
    )
    trouble = _trouble(_rome)
    yield _core("system", words("ora", "time zone"), trouble or "Europe/Rome", trouble, "pip install tzdata")
    yield Check(section="system", name=words("processori", "cores"), value=str(cores()))
    network = Text("non usata da questo comando", "not used by this command")
    yield Check(section="system", name=words("rete", "network"), value=network)


def _trust() -> Iterator[Check]:
    """The trusted list kept by ``trust update``, and its age."""
    from datetime import UTC, datetime

    from ..signature import store

    name = words("liste di fiducia", "trusted lists")
    try:
        kept = store.load()
    except ImportError:  # without the extra nothing says where the cache is
        return
    if kept is None:
        value = Text("nessuna conservata", "none kept")
        yield Check(section="data", name=name, value=value, status="missing", advice="fatturakit trust update")
        return
    now = datetime.now(UTC)
    value = Text(f"di {kept.age(now)} giorni fa", f"{kept.age(now)} days old")
    overdue = kept.overdue(now)
    advice = "fatturakit trust update" if overdue else ""
    yield Check(section="data", name=name, value=value, status="missing" if overdue else "ok", advice=advice)


def _rome() -> None:
    from zoneinfo import ZoneInfo

    ZoneInfo("Europe/Rome")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _configuration(explicit: str | None, *, isolated: bool, everything: bool) -> Iterator[Check]:
    found, path = ({}, None) if isolated else _config.settings(explicit)
    nothing = Text("nessun file", "no file")
    yield Check(section="config", name=words("file", "file"), value=str(path) if path else nothing)
    for key in _config.KEYS if everything else found:
        given = Text(f"{found[key]} (dal file)", f"{found[key]} (from the file)") if key in found else None
        yield Check(section="config", name=key, value=given or Text("predefinito", "default"))
    for name in sorted(os.environ):
        if everything and name.startswith("FATTURAKIT_"):
            yield Check(section="config", name=name, value=_shown(name))


def _shown(name: str) -> str | Text:
    """An environment variable; only those known to hold no secret are read out."""
    known = name.startswith("FATTURAKIT_LIMIT_") or name in {
        "FATTURAKIT_LANG",
        "FATTURAKIT_DEBUG",
        "FATTURAKIT_ARCHIVE",
    }
    return os.environ[name] if known else Text("impostata", "set")


def _trouble(work: Callable[[], object]) -> str:
    """What goes wrong when ``work`` is done, "" for nothing."""
    try:
        work()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _core(section: str, name: str, value: str | Text, trouble: str, advice: str) -> Check:
    if not trouble:
        return Check(section=section, name=name, value=value)
    return Check(section=section, name=name, value=value, status="broken", advice=advice)


LOOKS: Final = (_python, _packages, _extras, _libraries, _schemas, _data, _trust, _system)
