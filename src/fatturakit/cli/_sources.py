"""Inputs of the verbs that work on bytes: each read, or its refusal said on stderr; and where their files go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from ..batch import inputs
from ..batch.envelopes import contents
from ..errors import InputError
from ..limits import Limits
from ..report.screen import UNKNOWN, Page, Style, ascii_only, terminal_width
from ..texts import language
from . import _io
from ._io import is_folder as is_folder
from ._single import named

Read = tuple[inputs.Input, bytes | InputError]


def read(names: tuple[str, ...], limits: Limits, stdin_name: str = "") -> Iterator[Read]:
    """Every document in what was named, with its bytes or why there are none."""
    for item in inputs.expand(named(names), limits, stdin_name=stdin_name):
        if item.archive == "":
            continue
        try:
            yield item, contents(item, limits)
        except InputError as error:
            yield item, error


def page(given: dict[str, Any], *, stream: Any = None) -> Page:
    """How to write on a stream (default stdout)."""
    stream = stream or sys.stdout
    terminal = bool(stream.isatty())
    return Page(
        Style(
            lang=language(given["lang"]),
            width=terminal_width(stream) if terminal else UNKNOWN,
            color=_io.use_color(given["color"], stream),
            ascii_only=terminal and ascii_only(stream),
            verbose=given["verbose"],
        )
    )


def complain(shown: str, error: InputError, given: dict[str, Any]) -> None:
    """A refusal on stderr: what, why, what to do."""
    if given["quiet"]:
        return
    lang = language(given["lang"])
    sheet = page(given, stream=sys.stderr)
    fix = error.finding.remedy(lang) if error.finding else ""
    _io.message(f"fatturakit: {sheet.name(shown)}: {sheet.value(error.say(lang))} {sheet.value(fix)}".rstrip())
