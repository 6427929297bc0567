"""A sandbox for every test, on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .visitor import Listener, Visitor, listening, visiting


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    with visiting() as made:
        yield made


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made
