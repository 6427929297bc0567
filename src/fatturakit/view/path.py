"""Fields by their XML names: ``FatturaElettronicaBody/0/DatiGenerali/DatiGeneraliDocumento/Numero``.

A number is the 0-based place among repeated elements, ``@versione`` an attribute. The name of the root may be left out.
The paths of findings do as well: ``/p:FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali``, counted from 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ..schema.names import snake
from ..schema.table import Element, ElementTable
from ..texts import Text
from .faults import UnknownField, several, unknown
from .values import encode

if TYPE_CHECKING:
    from .node import View


def read(view: View, path: str) -> Any:
    """What stands at a path: a value, a block, a list; None where there is no value."""
    owner, name, index = _follow(view, path)
    found = getattr(owner, name)
    return found if index is None else found[index]


def write(view: View, path: str, value: object) -> None:
    """Set what stands at a path, with the blocks it needs; None removes it. The value is checked before anything."""
    try:
        owner, name, index = _follow(view, path)
    except IndexError:
        if value is None:
            raise
        _check(view, path, value)
        owner, name, index = _follow(view, path, make=True)
    if index is None:
        setattr(owner, name, value)
    elif value is None:
        del getattr(owner, name)[index]
    elif index == len(getattr(owner, name)):
        getattr(owner, name).append(value)
    else:
        getattr(owner, name)[index] = value


def _check(view: View, path: str, value: object) -> None:
    """Judge the value before blocks are made for it."""
    from .node import planned

    table, row, steps = view._home.table, view._row, _steps(view, path)
    single = steps[-1].isdecimal()
    for step in filter(lambda step: not step.isdecimal(), steps):
        row = _named(row, step, table)
    for each in [value] if single or not row.repeats else several(value, row):
        if row.kind == "complex":
            planned(each, row, table)
        else:
            encode(each, row)


def _follow(view: View, path: str, *, make: bool = False) -> tuple[View, str, int | None]:
    """The block the last step belongs to, the last step's name, and its place in a list.

    make: a block one place behind the end of its list is added.
    """
    steps = _steps(view, path)
    while True:
        row = _named(view._row, steps.pop(0), view._home.table)
        name = snake(row.name)
        index = int(steps.pop(0)) if row.repeats and steps and steps[0].isdecimal() else None
        if not steps:
            return view, name, index
        if row.kind != "complex" or (row.repeats and index is None):
            raise UnknownField(_NUMBER if row.repeats else _LEAF, name=row.name, path=path, rest="/".join(steps))
        below = getattr(view, name)
        if make and index is not None and index == len(below):
            below.append({})
        view = below if index is None else below[index]


def _steps(view: View, path: str) -> list[str]:
    if not isinstance(path, str):
        raise UnknownField(_NO_PATH, path=path)
    steps = [step.rpartition(":")[2] for step in _COUNTED.sub(_from_zero, path.strip("/")).split("/")]
    if len(steps) > 1 and steps[0] == view._row.name:
        del steps[0]
    return steps


def _from_zero(found: re.Match[str]) -> str:
    return f"/{int(found[1]) - 1}"


def _named(row: Element, name: str, table: ElementTable) -> Element:
    below = table.attributes(row.path) if name.startswith("@") else table.children(row.path)
    found = next((each for each in below if each.name == name.removeprefix("@")), None)
    if found is None:
        raise unknown(name, row, [each.name for each in below])
    return found


_COUNTED: Final = re.compile(r"\[([1-9][0-9]{0,8})\](?=/|$)")
_NUMBER: Final = Text(
    "«{path}»: <{name}> si ripete, serve un numero: {name}/0/{rest}.",
    "“{path}”: <{name}> repeats, a number is needed: {name}/0/{rest}.",
)
_LEAF: Final = Text(
    "«{path}»: <{name}> è un valore, non contiene «{rest}».", "“{path}”: <{name}> is a value, it has no “{rest}”."
)
_NO_PATH: Final = Text(
    "{path} non è un percorso di nomi XML, es. FatturaElettronicaBody/0/DatiGenerali.",
    "{path} is no path of XML names, e.g. FatturaElettronicaBody/0/DatiGenerali.",
)
