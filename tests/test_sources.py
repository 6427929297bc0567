"""What may be handed over as a document, and what is said about anything else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

import fatturakit as fk

from .samples import invoice

TAKERS = (fk.validate, fk.open, fk.unwrap, fk.attachments, fk.to_json, fk.render, fk.split)


@pytest.mark.parametrize("take", TAKERS)
def test_a_path_bytes_or_a_binary_file(take: Callable[[object], object], tmp_path: Path) -> None:
    """Every one of them, by everything that takes a document."""
    path = tmp_path / "a.xml"
    path.write_bytes(invoice())
    for source in (path, str(path), invoice(), bytearray(invoice()), memoryview(invoice()), io.BytesIO(invoice())):
        assert take(source) is not None
    assert len(fk.join([path, fk.open(invoice(("12/A", "13/A")))]).bodies) == 2


@pytest.mark.parametrize("take", [*TAKERS, fk.verify])
@pytest.mark.parametrize("wrong", [None, 5, [], invoice().decode(), io.StringIO("<a/>")])
def test_anything_else_is_a_sentence(take: Callable[[object], object], wrong: object) -> None:
    with pytest.raises(fk.UsageError, match="byte"):
        take(wrong)
