"""What every format of tables has to do: take rows one by one, in any order of the sheets, and end."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from ...texts import Language
from .spec import Cells, Sheet


class Writer(Protocol):
    """A writer of sheets. Inside ``with`` it takes rows; leaving the block completes the files, an error drops them."""

    def __init__(self, folder: Path, sheets: tuple[Sheet, ...], lang: Language, dialect: str) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add(self, sheet: str, cells: Cells) -> None:
        """Write one row of a sheet."""
