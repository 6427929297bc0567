"""How a control is declared: ``@control(...)`` above its check, once, in a file of its own.

The module's docstring is the explanation people read (What, Why, Fix, Source); the decorator carries what programs
need. The catalogue is everything declared so far.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from typing import Any, Concatenate, Final, Generic, NamedTuple, ParamSpec, TypeVar

from lxml import etree

from ..findings import Finding, Layer, Severity
from ..texts import EMPTY, Text
from ._index import MODULES

Facts = ParamSpec("Facts")
Answer = TypeVar("Answer")
_LAYERS: Final = {"name": Layer.NAME, "file": Layer.ENVELOPE, "signature": Layer.SIGNATURE, "format": Layer.XSD}


class Rule(NamedTuple):
    """One control: code, area, formats, sentences, the days it is in force, and the explanation people read.

    area: name, file, signature, format (the engine calls those itself); header (once a file), body (once a body), lot
    (once for all bodies of a file). since, until: first and last day of the control, by ``--as-of``.
    """

    code: str
    area: str
    formats: tuple[str, ...]
    message: Text
    fix: Text
    field: str
    doc: str
    module: str
    since: date = date.min
    until: date = date.max

    def finding(self, severity: Severity = Severity.ERROR, **place: Any) -> Finding:
        """A finding of this control; ``place`` takes path, line, body, args (and message or fix to say it better)."""
        place = {"message": self.message, "fix": self.fix, "field": self.field or None} | place
        layer = place.pop("layer", Layer.ADVICE if self.code.startswith("FK") else _LAYERS.get(self.area, Layer.SDI))
        return Finding(code=self.code, severity=severity, layer=layer, **place)

    def at(self, node: etree._Element, severity: Severity = Severity.ERROR, **more: Any) -> Finding:
        """A finding about a node: path, line, SdI field number and body are read off it."""
        from .place import place_of

        return self.finding(severity, **(place_of(node) | more))


class Control(Generic[Facts, Answer]):
    """A declared check: call it with the facts it judges; ``rule`` is what was declared above it.

    needs: words (``facts.Body.words``) without any of which the check has nothing to find, and is not run.
    """

    def __init__(self, rule: Rule, check: Callable[Concatenate[Rule, Facts], Answer], needs: str) -> None:
        self.rule = rule
        self.needs = frozenset(needs.split())
        self.judge: Callable[Facts, Answer] = partial(check, rule)

    def __call__(self, *facts: Facts.args, **named: Facts.kwargs) -> Answer:
        return self.judge(*facts, **named)


_CATALOGUE: Final[dict[str, Rule]] = {}
_CONTROLS: Final[list[Control[..., Any]]] = []


def controls(area: str) -> list[Control[..., Any]]:
    """Every declared control of an area, by code."""
    return sorted((control for control in _CONTROLS if control.rule.area == area), key=lambda each: each.rule.code)


def declared(code: str) -> Control[..., Any]:
    """The declared control with this code; its module must have been imported."""
    return next(control for control in _CONTROLS if control.rule.code == code)


def catalogue() -> Mapping[str, Rule]:
    """Every control by code; loads those no document has needed yet."""
    for name in MODULES:
        import_module(f"{__package__}.{name}")
    return _CATALOGUE


def control(
    code: str,
    *,
    area: str,
    formats: str = "FPA12 FPR12 FSM10",
    field: str = "",
    it: str,
    en: str,
    fix: Text = EMPTY,
    since: str = "",
    until: str = "",
    needs: str = "",
) -> Callable[[Callable[Concatenate[Rule, Facts], Answer]], Control[Facts, Answer]]:
    """Declare the control ``code`` above its check, which gets the ``Rule`` as first argument.

    needs: the words one of which must be in the document, by element or coded value, for the check to find anything.
    """

    def declare(check: Callable[Concatenate[Rule, Facts], Answer]) -> Control[Facts, Answer]:
        module = sys.modules[check.__module__]
        text, doc = Text(it, en), module.__doc__ or ""
        days = date.fromisoformat(since) if since else date.min, date.fromisoformat(until) if until else date.max
        declared = Rule(code, area, tuple(formats.split()), text, fix, field, doc, module.__name__, *days)
        if _CATALOGUE.setdefault(code, declared).module != declared.module:
            raise ValueError(f"{code} is declared twice: {declared.module} and {_CATALOGUE[code].module}")
        made = Control(declared, check, needs)
        _CONTROLS.append(made)
        return made

    return declare
