"""Where a verb that makes invoices puts them: a file, standard output, or a folder under the next free name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from ..document import Document
from ..envelope.names import is_valid, split
from ..errors import UsageError
from ..invoice.progressive import after, following, in_folder
from ..texts import Text
from ..writing import make_folder, write_whole
from ..xmlio import child, text
from ._kept import refuse_an_input


class Target(NamedTuple):
    """What ``-o`` names."""

    name: str | None
    force: bool

    @property
    def is_folder(self) -> bool:
        """A name that ends in a slash, or a folder that is there."""
        return bool(self.name) and (str(self.name).endswith(("/", os.sep)) or Path(str(self.name)).is_dir())

    @property
    def is_stream(self) -> bool:
        """Standard output."""
        return self.name in {None, "-"}

    def progressive(self, prefix: str, *others: str) -> str:
        """The next free one in the folder, beyond those of ``others`` too; for a file, the one in its name."""
        if self.is_folder:
            here = in_folder(str(self.name), prefix)
            return max(here, after(others, prefix), key=lambda each: int(each, 36))
        stem = Path(self.name or "").name.partition(".")[0]
        start, _, found = stem.rpartition("_")
        return found if start.upper() == prefix.upper() and is_valid(f"{stem}.xml") else "00001"

    def put(self, document: Document, name: str) -> str:
        """Write it; the path it went to ("-" for standard output)."""
        if self.is_stream:
            _to_stdout(document.to_bytes())
            return "-"
        path = Path(str(self.name))
        if self.is_folder:
            path = make_folder(path) / name
        refuse_an_input(str(path))
        write_whole(path, document.to_bytes(), force=self.force)
        return str(path)

    def need_folder(self, verb: str) -> None:
        """``UsageError`` unless it is a folder."""
        if not self.is_folder:
            raise UsageError(_FOLDER, verb=verb)


def prefix_of(document: Document) -> str:
    """Country and code of the transmitter: what the file name begins with, else what 1.1.1 says."""
    stem = split(document.name)[0]
    if is_valid(f"{stem}.xml"):
        return stem.rpartition("_")[0]
    block = child(document.root, "FatturaElettronicaHeader", "DatiTrasmissione", "IdTrasmittente")
    found = [] if block is None else [child(block, name) for name in ("IdPaese", "IdCodice")]
    made = "".join(text(node).strip() for node in found if node is not None)
    return made if is_valid(f"{made}_00001.xml") else "fattura"


def numbered(start: str, count: int) -> list[str]:
    """``count`` progressives from ``start`` on."""
    found = [start]
    while len(found) < count:
        found.append(following(found[-1]))
    return found


def _to_stdout(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


_FOLDER = Text(
    "{verb} scrive più file: indica una cartella, es. -o uscita/",
    "{verb} writes several files: name a folder, e.g. -o out/",
)
