"""Every test of the store runs on SQLite and on a PostgreSQL of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import fatturakit as fk

from . import servers


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if not servers.available():
        pytest.skip(servers.REASON)
    with servers.postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty archive is to be."""
    if request.param == "sqlite":
        return str(tmp_path / "archive.db")
    url = request.getfixturevalue("server")
    return fresh(url)


def fresh(url: str) -> str:
    """The same server with a schema of its own."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        number = connection.execute(sqlalchemy.text("SELECT COUNT(*) FROM information_schema.schemata")).scalar()
        connection.execute(sqlalchemy.text(f'CREATE SCHEMA "s{number}"'))
    engine.dispose()
    return f"{url}&options=-csearch_path%3Ds{number}"


@pytest.fixture
def archive(place: str) -> Iterator[fk.Archive]:
    with fk.Archive(place) as opened:
        yield opened


Make = Callable[..., tuple[str, bytes]]
