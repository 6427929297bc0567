"""An archive in PostgreSQL, for a team: the same tables and the same SQL, through SQLAlchemy Core."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any, Final

from ..errors import FatturakitError, MissingExtra
from ..texts import Text
from . import tables
from .search import tokens
from .store import SET_VERSION, Row, Values, same_version, unusable, unwritable

_WRITERS: Final = 0x66617474
_PORTION: Final = 200
_WORD: Final = 500
_THERE: Final = "SELECT to_regclass('remote_events') IS NOT NULL AND to_regclass('sides_state_document') IS NOT NULL"
"""Whether what was added to the tables last is there, in the schema that is used."""
_MOST_WORDS: Final = 50_000


class PostgresStore:
    """A pool of connections; a thread that writes keeps one for the length of its transaction."""

    dialect = tables.POSTGRES

    def __init__(self, url: str) -> None:
        self._alchemy = _alchemy()
        address = self._alchemy.make_url(url).set(drivername="postgresql+psycopg")
        self.place = address.render_as_string(hide_password=True)
        self._errors = self._alchemy.exc.SQLAlchemyError
        self._mine = threading.local()
        try:
            self._engine = self._alchemy.create_engine(address, pool_pre_ping=True)
            there = self._all(_THERE, {})
        except self._errors as error:
            raise unusable(self.place, _reason(error)) from error
        if not there[0][0]:  # who may only read finds it made, and nobody waits for a writer
            self._make()
        same_version(self)

    def _make(self) -> None:
        with self.writing():
            for statement in tables.statements(self.dialect):
                self.run(statement)
            self.run(SET_VERSION, {"version": tables.VERSION})

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        mine = getattr(self._mine, "connection", None)
        if mine is not None:
            yield mine
            return
        with self._engine.connect() as connection:
            yield connection

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        """Every row of an answer."""
        try:
            return self._all(sql, values)
        except self._errors as error:
            raise self._failure(error) from error

    def _all(self, sql: str, values: Values | None) -> list[Row]:
        with self._connection() as connection:
            return [tuple(row) for row in connection.execute(_text(sql), _clean(values))]

    def _failure(self, error: Exception) -> FatturakitError:
        """What to say of an error: of writing inside ``writing()``, else of reading."""
        inside = getattr(self._mine, "connection", None) is not None
        return (unwritable if inside else unusable)(self.place, _reason(error))

    def stream(self, sql: str, values: Values | None = None) -> Iterator[Row]:
        """The rows one by one, from a cursor of the server."""
        try:
            with self._engine.connect() as connection:
                server = connection.execution_options(stream_results=True, max_row_buffer=_PORTION)
                yield from map(tuple, server.execute(_text(sql), _clean(values)))
        except self._errors as error:
            raise self._failure(error) from error

    def run(self, sql: str, values: Values | None = None) -> int:
        """Change something, inside ``writing()``."""
        return int(self._mine.connection.execute(_text(sql), _clean(values)).rowcount)

    def run_many(self, sql: str, values: Sequence[Values]) -> None:
        """The same change for many rows."""
        if values:
            self._mine.connection.execute(_text(sql), [_clean(row) for row in values])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; writers wait for each other at an advisory lock that ends with it."""
        if getattr(self._mine, "connection", None) is not None:
            yield
            return
        try:
            with self._engine.begin() as connection:
                connection.execute(_text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
                self._mine.connection = connection
                try:
                    yield
                finally:
                    self._mine.connection = None
        except self._errors as error:
            raise unwritable(self.place, _reason(error)) from error

    @contextmanager
    def exclusive(self, name: str) -> Iterator[bool]:
        """An advisory lock of the session, which ends with it."""
        values = {"key": _WRITERS + zlib.crc32(name.encode())}
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(self._engine.connect())
                mine = connection.execute(_text("SELECT pg_try_advisory_lock(:key)"), values).scalar()
            except self._errors as error:
                raise unusable(self.place, _reason(error)) from error
            try:
                yield bool(mine)
            finally:
                if mine:
                    connection.execute(_text("SELECT pg_advisory_unlock(:key)"), values)

    def words(self, text: str) -> str:
        """Words without case and accents, as SQLite folds them; those too long for an index are cut."""
        return " ".join(word[:_WORD] for word in tokens(text)[:_MOST_WORDS])

    def check(self) -> list[str]:
        """The server looks after its own files."""
        return []

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


@lru_cache(maxsize=512)
def _text(sql: str) -> Any:
    return _alchemy().text(sql)


def _clean(values: Values | None) -> dict[str, object]:
    """Values without the one character PostgreSQL has no place for."""
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in (values or {}).items()
    }


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", error)).strip().splitlines()[0]


def _alchemy() -> Any:
    try:
        import psycopg as _driver  # noqa: F401 - asked for first, so that what is missing is said here
        import sqlalchemy
    except ImportError as error:
        raise MissingExtra(_EXTRA) from error
    return sqlalchemy


_EXTRA: Final = Text(
    "Per PostgreSQL serve un extra: pip install 'fatturakit[postgres]'",
    "PostgreSQL needs an extra: pip install 'fatturakit[postgres]'",
)
