"""A block of fields as an object, and a repeated field as a list. Nothing is copied: every access asks the tree.

Reading never creates anything: an absent value is None, an absent block is there but false, and its fields are None.
Setting a field creates the blocks it needs on the way, in schema order, and checks the value; None removes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableSequence
from copy import deepcopy
from functools import cache
from typing import Any, Final, overload

from lxml import etree

from ..schema.names import snake
from ..schema.table import Element, ElementTable
from ..texts import Text
from ..xmlio import text
from . import path as paths
from . import tree
from .faults import FieldError, misfit, several, shape, unknown
from .values import decode, encode

_SHOWN: Final = 4


class Home:
    """What all views of one document share: its element table, and whom to tell before anything changes."""

    __slots__ = ("changing", "table")

    def __init__(self, table: ElementTable, changing: Callable[[], None]) -> None:
        self.table = table
        self.changing = changing


@cache
def fields(table: ElementTable, place: str) -> dict[str, Element]:
    """The fields of a block by the names programs use, attributes first."""
    return {snake(row.name): row for row in (*table.attributes(place), *table.children(place))}


class View:
    """A block of fields: read and set them as attributes, or by XML names as ``view["DatiBollo/BolloVirtuale"]``.

    ``view.xml`` is the element (None while the block is absent), ``view.as_written(name)`` the text of a field.
    """

    __slots__ = ("_home", "_node", "_parent", "_row")
    _home: Home
    _node: etree._Element | None
    _parent: View | None
    _row: Element

    def __init__(self, home: Home, row: Element, node: etree._Element | None, parent: View | None = None) -> None:
        for name, value in zip(View.__slots__, (home, node, parent, row), strict=True):
            object.__setattr__(self, name, value)

    @property
    def xml(self) -> etree._Element | None:
        """The element in the tree, None while the block is absent."""
        if self._node is None and self._parent is not None:
            parent = self._parent.xml
            found = [] if parent is None else tree.children(parent, self._row.name)
            if found:
                object.__setattr__(self, "_node", found[0])
        return self._node

    def as_written(self, name: str) -> str | None:
        """The text of a field exactly as the document has it, None when it is absent."""
        row, node = self._field(name), self.xml
        if node is None:
            return None
        if row.kind == "attribute":
            return node.get(row.name)
        return next(map(text, tree.children(node, row.name)), None)

    def __bool__(self) -> bool:
        return self.xml is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self.xml is not None and self.xml is other.xml

    def __hash__(self) -> int:
        return hash(self.xml)

    def __repr__(self) -> str:
        number = f" {self._row.field}" if self._row.field else ""
        return f"<{self._row.name}{number}{_shown(self)}>"

    def __dir__(self) -> list[str]:
        return sorted([*fields(self._home.table, self._row.path), "as_written", "xml"])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._get(self._field(name))

    def __setattr__(self, name: str, value: object) -> None:
        self._set(self._field(name), value)

    def __delattr__(self, name: str) -> None:
        self._set(self._field(name), None)

    def __getitem__(self, path: str) -> Any:
        return paths.read(self, path)

    def __setitem__(self, path: str, value: object) -> None:
        paths.write(self, path, value)

    def __delitem__(self, path: str) -> None:
        paths.write(self, path, None)

    __iter__ = None  # without this, having __getitem__ would make a block look like a sequence

    def __deepcopy__(self, memo: object) -> View:
        """A block of its own, outside any document: to be changed, and put where it is wanted."""
        node = None if self.xml is None else deepcopy(self.xml)
        return View(Home(self._home.table, _nobody), self._row, node)

    def __copy__(self) -> View:
        return self.__deepcopy__(None)

    def _field(self, name: str) -> Element:
        known = fields(self._home.table, self._row.path)
        found = known.get(name)
        if found is None:
            raise unknown(name, self._row, list(known))
        return found

    def _get(self, row: Element) -> Any:
        if row.repeats:
            return Listed(self, row)
        if row.kind == "complex":
            return View(self._home, row, None, self)
        written = self.as_written(snake(row.name))
        return None if written is None else decode(written, row)

    def _set(self, row: Element, value: object) -> None:
        if row.repeats:
            Listed(self, row)[:] = several(value, row)
        elif row.kind == "attribute":
            self._set_attribute(row, value)
        elif row.kind == "complex":
            self._set_block(row, value)
        else:
            self._set_value(row, value)

    def _set_attribute(self, row: Element, value: object) -> None:
        if value == self.as_written(snake(row.name)):
            return
        made = None if value is None else encode(value, row)
        self._home.changing()
        node = self._made()
        if made is not None:
            node.set(row.name, made)
        else:
            del node.attrib[row.name]

    def _set_value(self, row: Element, value: object) -> None:
        if value is None:
            self._remove(row)
            return
        written = self.as_written(snake(row.name))
        if written is not None and _same(value, written, row):
            return
        made = encode(value, row)
        self._home.changing()
        node = self._made()
        found = tree.children(node, row.name)
        tree.replace_text(found[0] if found else tree.insert(node, row, self._home.table), made)

    def _set_block(self, row: Element, value: object) -> None:
        if value is None:
            self._remove(row)
            return
        checked = planned(value, row, self._home.table)
        self._home.changing()
        self._remove(row)
        fill(tree.insert(self._made(), row, self._home.table), checked, self._home.table)

    def _remove(self, row: Element) -> None:
        for node in [] if self.xml is None else tree.children(self.xml, row.name):
            self._home.changing()
            tree.remove(node)

    def _made(self) -> etree._Element:
        """The element, created with everything above it when it is absent."""
        node = self.xml
        if node is None and self._parent is not None:
            self._home.changing()
            node = tree.insert(self._parent._made(), self._row, self._home.table)
            object.__setattr__(self, "_node", node)
        if node is None:
            raise unknown(self._row.name, self._row, [])  # a root is always there
        return node


class Listed(MutableSequence[Any]):
    """A repeated field: a list of views or of values, always the document's own."""

    __slots__ = ("_owner", "_row")

    def __init__(self, owner: View, row: Element) -> None:
        self._owner = owner
        self._row = row

    def _nodes(self) -> list[etree._Element]:
        parent = self._owner.xml
        return [] if parent is None else tree.children(parent, self._row.name)

    def _item(self, node: etree._Element) -> Any:
        if self._row.kind == "complex":
            return View(self._owner._home, self._row, node, self._owner)
        return decode(text(node), self._row)

    def __len__(self) -> int:
        return len(self._nodes())

    def __iter__(self) -> Iterator[Any]:
        return map(self._item, self._nodes())

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Listed | list | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __repr__(self) -> str:
        return repr(list(self))

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        nodes = self._nodes()
        return list(map(self._item, nodes[index])) if isinstance(index, slice) else self._item(nodes[index])

    def __setitem__(self, index: int | slice, value: Any) -> None:
        """One item, or any slice: the new values are checked before anything is changed."""
        if isinstance(index, int):
            position = range(len(self))[index]
            planned_item = self._plan(value)
            del self[position]
            self._insert(position, planned_item)
            return
        now = [_copied(node, self._row) for node in self._nodes()]
        now[index] = [self._plan(each) for each in several(value, self._row)]
        self._limit(len(now))
        del self[:]
        for position, each in enumerate(now):
            self._insert(position, each)

    def __delitem__(self, index: int | slice) -> None:
        nodes = self._nodes()
        doomed = nodes[index] if isinstance(index, slice) else [nodes[index]]
        for node in doomed:
            self._owner._home.changing()
            tree.remove(node)

    def insert(self, index: int, value: Any) -> None:
        """Put a value (a block: a view of the same kind or a mapping of its fields) before ``index``."""
        self._limit(len(self) + 1)
        self._insert(range(len(self) + 1)[slice(index, None)].start, self._plan(value))

    def add(self, **values: object) -> View:
        """Append a block with these fields and return it, ready for more."""
        self.append(values)
        return self[-1]  # type: ignore[no-any-return]

    def _plan(self, value: object) -> Planned:
        if self._row.kind == "complex":
            return planned(value, self._row, self._owner._home.table)
        return encode(value, self._row)

    def _insert(self, index: int, item: Planned) -> None:
        self._owner._home.changing()
        home = self._owner._home
        fill(tree.insert(self._owner._made(), self._row, home.table, index), item, home.table)

    def _limit(self, count: int) -> None:
        if self._row.max is not None and count > self._row.max:
            raise FieldError(_TOO_MANY, name=self._row.name, field=self._row.field, max=self._row.max)


Planned = str | list[tuple[Element, Any]] | etree._Element


def planned(value: object, row: Element, table: ElementTable) -> Planned:
    """What is to be written for a block, every value checked; in schema order whatever the order given."""
    if isinstance(value, View):
        if value._row.type_name != row.type_name:
            raise misfit(value, row)
        return [] if value.xml is None else _copied(value.xml, row)
    if not isinstance(value, Mapping):
        raise misfit(value, row)
    known = fields(table, row.path)
    strangers = [str(name) for name in value if name not in known]
    if strangers:
        raise unknown(strangers[0], row, list(known))
    return [(spec, _planned_field(value[name], spec, table)) for name, spec in known.items() if _given(value, name)]


def _planned_field(value: object, row: Element, table: ElementTable) -> Any:
    items = several(value, row) if row.repeats else [value]
    return [planned(each, row, table) if row.kind == "complex" else encode(each, row) for each in items]


def fill(node: etree._Element, item: Planned, table: ElementTable) -> None:
    """Write what was planned into a new element."""
    if isinstance(item, str):
        node.text = item
    elif isinstance(item, list):
        for row, values in item:
            for each in values:
                if row.kind == "attribute":
                    node.set(row.name, each)
                else:
                    fill(tree.insert(node, row, table), each, table)
    else:
        node.text = item.text
        node.extend(list(item))


def _nobody() -> None:
    """Whom a block outside any document tells that it changes."""


def _copied(node: etree._Element, row: Element) -> Planned:
    return text(node) if row.kind == "simple" else deepcopy(node)


def _given(values: Mapping[str, object], name: str) -> bool:
    return name in values and values[name] is not None


def _same(value: object, written: str, row: Element) -> bool:
    """Whether the text already says this very value, with the same digits or zone, in its own spelling."""
    if isinstance(value, str):
        return value == written or (not written and value == row.default)
    try:
        found = decode(written, row)
    except FieldError:
        return False
    return bool(found == value and str(found) == str(value) and type(found) is type(value))


def _shown(view: View) -> str:
    if view.xml is None:
        return " (absent)"
    simple = [row for row in fields(view._home.table, view._row.path).values() if not row.repeats and shape(row)]
    values = [(snake(row.name), view.as_written(snake(row.name))) for row in simple]
    present = [f" {name}={value[:40]!r}" for name, value in values if value is not None]
    return "".join(present[:_SHOWN]) + (" …" if len(present) > _SHOWN else "")


_TOO_MANY: Final = Text(
    "{field} <{name}> può comparire al massimo {max} volte.", "{field} <{name}> may occur at most {max} times."
)
