"""The ZIP for the accountant: what goes in, under which name, and what is written down afterwards.

Sent documents go when their state is definitive and they are issued; received ones always, and are then marked read.
The same archive gives the same bytes: entries by name, no clock, and what is chosen does not depend on the order in
which it came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from ..envelope.safenames import SafeNames
from ..errors import OutputError, UsageError
from ..sdi.states import STATES
from ..texts import Text
from ..writing import whole
from .keeping import ours
from .lookup import message_data
from .period import Period
from .store import among, damaged
from .zips import PLAIN, Write, ZipStream, fast_packing

if TYPE_CHECKING:
    import os

    from .store import Row, Store

Type = Literal["send", "receive", "both"]
EXTRAS: Final = ("messages", "pdf", "csv", "manifest")
FOLDERS: Final = {"sent": "send", "received": "receive"}
_TYPES: Final = {"send": ("sent",), "receive": ("received",), "both": ("sent", "received")}
_ISSUED: Final = tuple(state.name for state in STATES.values() if state.definitive and state.issued)
_WHERE: Final = """FROM sides s JOIN documents d ON d.id = s.document JOIN blobs o ON o.id = d.blob
    WHERE s.direction IN {types} AND {companies} AND {period}"""
_IN_PERIOD: Final = "EXISTS (SELECT 1 FROM invoices i WHERE i.document = d.id AND i.day >= :first AND i.day <= :last)"
_FILES: Final = """SELECT f.document, f.name, b.sha256, b.data FROM files f JOIN blobs b ON b.id = f.blob
    WHERE f.document IN {keys}"""
_AT_ONCE: Final = 64
_BYTES: Final = 8 * 1024 * 1024
_NAME: Final = """SELECT f.name FROM files f JOIN blobs b ON b.id = f.blob WHERE f.document = d.id
    ORDER BY CASE WHEN LOWER(f.name) LIKE '%.p7m' THEN 0 ELSE 1 END, f.name, b.sha256 LIMIT 1"""
_LAST: Final = "9999-99-99"


class ExportBusy(OutputError):
    """Another export of the same archive is at work."""


class Wanted(NamedTuple):
    """What is to be exported. companies: () for all of ours; extras: of ``EXTRAS``; fast: isal instead of zlib."""

    type: Type = "both"
    companies: tuple[str, ...] = ()
    period: Period = Period()
    extras: tuple[str, ...] = ()
    fast: bool = False


class Exported(NamedTuple):
    """What went in. operations: received documents that were unread and are read now; held: sent ones that are not in
    a definitive state (their ids); written: False when there was nothing, or with ``dry_run``; undrawn: the paths of
    those that could not be drawn as PDF."""

    sent: int
    received: int
    operations: int
    held: tuple[int, ...]
    written: bool
    undrawn: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """Sent and received together."""
        return self.sent + self.received


class Item(NamedTuple):
    """One document of an export, on one side."""

    document: int
    company: str
    direction: str
    name: str
    unread: bool
    size: int


def checked(
    type: str,  # noqa: A002
    companies: Iterable[str],
    period: Period,
    extras: Iterable[str],
    *,
    fast: bool,
) -> Wanted:
    """What is wanted, once it is sure to make sense."""
    if type not in _TYPES:
        raise UsageError(_NO_TYPE, type=type, known=", ".join(_TYPES))
    chosen = tuple(extras)
    for extra in chosen:
        if extra not in EXTRAS:
            raise UsageError(_NO_EXTRA, name=extra, known=", ".join(EXTRAS))
    return Wanted(type, tuple(companies), period, chosen, fast)  # type: ignore[arg-type]


def export(
    store: Store,
    to: str | os.PathLike[str] | Write,
    wanted: Wanted,
    now: Callable[[], str],
    *,
    dry_run: bool = False,
    force: bool = False,
    step: Callable[[str], None] | None = None,
) -> Exported:
    """Write the ZIP and mark what was received as read; nothing is written when there is nothing to write.

    Raises ``ExportBusy`` when another export is at work, ``UsageError`` for a company that is not ours,
    ``OutputError`` when the file exists (without ``force``) or cannot be written.
    """
    with store.exclusive("export") as mine:
        if not mine:
            raise ExportBusy(_BUSY, place=store.place)
        wanted = wanted._replace(companies=ours(store, wanted.companies))
        items = list(_items(store, wanted))
        found = _counted(items, _held(store, wanted))
        if dry_run or not items:
            return found
        with ExitStack() as stack:
            write = stack.enter_context(_target(to, force=force))
            undrawn = _write(store, items, wanted, write, step)
            # read once the file has its name, or neither; where nothing is unread, nothing is written down
            with store.writing() if found.operations else nullcontext():
                _mark_read(store, items, now())
                stack.close()
        return found._replace(written=True, undrawn=undrawn)


def _items(store: Store, wanted: Wanted) -> Iterator[Item]:
    where, values = _where(wanted)
    issued = {f"state{number}": state for number, state in enumerate(_ISSUED)}
    names = ", ".join(f":{name}" for name in issued)
    sql = f"""SELECT s.document, s.company, s.direction, ({_NAME}), s.read_at, o.size {where}
        AND (s.direction = 'received' OR s.state IN ({names})) ORDER BY s.company, s.direction, d.content"""
    for row in store.stream(sql, {**values, **issued}):
        document, company, direction, name, read_at, size = row
        yield Item(document, company, direction, name or "", direction == "received" and read_at is None, size)


def _held(store: Store, wanted: Wanted) -> tuple[int, ...]:
    """Sent documents whose outcome is not known yet; rejected ones are not issued and wait for nothing."""
    where, values = _where(wanted)
    sql = f"SELECT s.document {where} AND s.direction = 'sent' AND s.definitive = 0 ORDER BY s.document"
    return tuple(row[0] for row in store.rows(sql, values))


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    types = {f"type{number}": kind for number, kind in enumerate(_TYPES[wanted.type])}
    companies = {f"company{number}": company for number, company in enumerate(wanted.companies)}
    period = wanted.period
    bounds = {"first": period.first, "last": period.last or _LAST} if any(period) else {}
    sql = _WHERE.format(
        types="(" + ", ".join(f":{name}" for name in types) + ")",
        companies="s.company IN (" + ", ".join(f":{name}" for name in companies) + ")" if companies else "1 = 1",
        period=_IN_PERIOD if bounds else "1 = 1",
    )
    return sql, {**types, **companies, **bounds}


def _counted(items: list[Item], held: tuple[int, ...]) -> Exported:
    sent = sum(item.direction == "sent" for item in items)
    return Exported(sent, len(items) - sent, sum(item.unread for item in items), held, written=False)


def _write(
    store: Store, items: list[Item], wanted: Wanted, write: Write, step: Callable[[str], None] | None
) -> tuple[str, ...]:
    target = ZipStream(write, fast_packing() if wanted.fast else PLAIN)
    from .extras import Extras

    extras = Extras(store, wanted.extras, target)
    for path, item, data in _with_bytes(store, _placed(items)):
        if step:
            step(path)
        extras.add(path, data)
        extras.beside(path, item.document, data)
    extras.end()
    target.close()
    return tuple(extras.undrawn)


def _placed(items: list[Item]) -> list[tuple[str, Item]]:
    """Every item with its path, sorted by it; equal names are told apart by a number, in the order of their content."""
    folders: dict[str, SafeNames] = {}
    placed = []
    for item in items:
        folder = f"{item.company}/{FOLDERS[item.direction]}"
        names = folders.setdefault(folder, SafeNames())
        placed.append((f"{folder}/{names.give(item.name, f'{item.document}.xml', '.xml')}", item))
    return sorted(placed)


def _with_bytes(store: Store, placed: list[tuple[str, Item]]) -> Iterator[tuple[str, Item, bytes]]:
    """Every item with its bytes, asked for some at a time."""
    portion: list[tuple[str, Item]] = []
    size = 0
    for each in placed:
        portion.append(each)
        size += each[1].size
        if len(portion) >= _AT_ONCE or size >= _BYTES:
            yield from _fetched(store, portion)
            portion, size = [], 0
    yield from _fetched(store, portion)


def _fetched(store: Store, portion: list[tuple[str, Item]]) -> Iterator[tuple[str, Item, bytes]]:
    copies: dict[int, list[Row]] = {}
    for row in among(store, _FILES, (item.document for _, item in portion)):
        copies.setdefault(row[0], []).append(row)
    for path, item in portion:
        yield path, item, bytes(_best(store, item.document, copies.get(item.document, []))[3])


def best(store: Store, document: int) -> tuple[str, bytes]:
    """Name and bytes of the copy to hand on: a signed one before a plain one, else the first by name and content."""
    _, name, _, data = _best(store, document, list(among(store, _FILES, [document])))
    return name, bytes(data)


def _best(store: Store, document: int, copies: list[Row]) -> Row:
    if not copies:
        raise damaged(store.place, f"files {document}")
    return copies[0] if len(copies) == 1 else min(copies, key=_rank)


def _rank(row: Row) -> tuple[bool, str, bytes]:
    return not row[1].lower().endswith(".p7m"), row[1], bytes(row[2])


def _mark_read(store: Store, items: list[Item], now: str) -> None:
    sql = """UPDATE sides SET read_at = COALESCE(read_at, :now)
        WHERE document = :document AND company = :company AND direction = :direction"""
    rows = [
        {"now": now, "document": item.document, "company": item.company, "direction": item.direction}
        for item in items
        if item.unread
    ]
    store.run_many(sql, rows)


@contextmanager
def _target(to: str | os.PathLike[str] | Write, *, force: bool) -> Iterator[Write]:
    """What writes: the function given, or a file that appears when everything in the block has gone well."""
    if callable(to):
        yield to
        return
    with whole(to, force=force) as stream:
        yield stream.write


def messages_of(store: Store, document: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the messages about a document."""
    rows = store.rows("SELECT id, name FROM messages WHERE document = :id ORDER BY name, content", {"id": document})
    return ((name, message_data(store, number)) for number, name in rows)


_BUSY: Final = Text(
    "Un'altra esportazione di «{place}» è in corso: aspetta che finisca.",
    "Another export of “{place}” is at work: wait for it to end.",
)
_NO_TYPE: Final = Text("Tipo «{type}» sconosciuto: usa {known}.", "Unknown type “{type}”: use {known}.")
_NO_EXTRA: Final = Text("Nello ZIP non si aggiunge «{name}»: usa {known}.", "No “{name}” in the ZIP: use {known}.")
