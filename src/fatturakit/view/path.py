"""Fields by their XML names: ``FatturaElettronicaBody/0/DatiGenerali/DatiGeneraliDocumento/Numero``.

A number is the 0-based place among repeated elements, ``@versione`` an attribute. The name of the root may be left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..schema.names import snake
from ..schema.table import Element
from ..texts import Text
from .faults import UnknownField, unknown

if TYPE_CHECKING:
    from .node import View


def read(view: View, path: str) -> Any:
    """What stands at a path: a value, a block, a list; None where there is no value."""
    owner, name, index = _follow(view, path)
    found = getattr(owner, name)
    return found if index is None else found[index]


def write(view: View, path: str, value: object) -> None:
    """Set what stands at a path; None removes it."""
    owner, name, index = _follow(view, path)
    if index is None:
        setattr(owner, name, value)
    elif value is None:
        del getattr(owner, name)[index]
    elif index == len(getattr(owner, name)):
        getattr(owner, name).append(value)
    else:
        getattr(owner, name)[index] = value


def _follow(view: View, path: str) -> tuple[View, str, int | None]:
    """The block the last step belongs to, the last step's name, and its place in a list."""
    steps = _steps(view, path)
    while True:
        row = _named(view, steps.pop(0))
        name = snake(row.name)
        index = int(steps.pop(0)) if row.repeats and steps and steps[0].isdecimal() else None
        if not steps:
            return view, name, index
        if row.kind != "complex" or (row.repeats and index is None):
            raise UnknownField(_NUMBER if row.repeats else _LEAF, name=row.name, path=path, rest="/".join(steps))
        view = getattr(view, name) if index is None else getattr(view, name)[index]


def _steps(view: View, path: str) -> list[str]:
    if not isinstance(path, str):
        raise UnknownField(_NO_PATH, path=path)
    steps = [step.rpartition(":")[2] for step in path.strip("/").split("/")]
    if len(steps) > 1 and steps[0] == view._row.name:
        del steps[0]
    return steps


def _named(view: View, name: str) -> Element:
    table, row = view._home.table, view._row
    below = table.attributes(row.path) if name.startswith("@") else table.children(row.path)
    found = next((each for each in below if each.name == name.removeprefix("@")), None)
    if found is None:
        raise unknown(name, row, [each.name for each in below])
    return found


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
