"""What one document costs one core, verb by verb: the numbers of docs/guide/cluster.md, on your machine.

python bench/rates.py [FILE.xml]: the processor time (user and system) of a call with many copies of a file less that
of a call with few, so that the start does not count; the memory is the peak of the larger call.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import inputs


class Row(NamedTuple):
    """A verb, how it is called, and how many documents few and many are."""

    name: str
    words: tuple[str, ...]
    few: int
    many: int


ROUNDS = 2
ROWS = (
    Row("validate", ("validate", "--format", "jsonl"), 100, 600),
    Row("validate --resume", ("validate", "--format", "jsonl", "--resume", "STATE"), 100, 600),
    Row("convert --to json", ("convert", "-q"), 100, 600),
    Row("render --to html", ("render", "--to", "html", "-o", "OUT/", "-f"), 20, 120),
    Row("render --to pdf", ("render", "--to", "pdf", "-o", "OUT/", "-f"), 2, 6),
)


class Spent(NamedTuple):
    """Seconds of processor, the peak of memory in bytes, bytes written to stdout and in the state."""

    seconds: float
    memory: int
    out: int
    state: int


def spent(row: Row, data: bytes, count: int) -> Spent:
    """One call with ``count`` copies, each with a number of its own."""
    with tempfile.TemporaryDirectory() as home:
        folder, out, state = Path(home, "in"), Path(home, "out"), Path(home, "state")
        folder.mkdir()
        for number in range(count):
            copy = data.replace(b"<Numero>", f"<Numero>{number}/".encode(), 1)
            (folder / f"IT01879020517_{number:05}.xml").write_bytes(copy)
        named = {"STATE": str(state), "OUT/": f"{out}/"}
        words = [named.get(word, word) for word in row.words]
        command = [sys.executable, "-m", "fatturakit", words[0], str(folder), "-j", "1", *words[1:]]
        with out.with_suffix(".txt").open("wb") as stream:
            process = subprocess.Popen(command, stdout=stream, stderr=subprocess.DEVNULL)
            _, _, usage = os.wait4(process.pid, 0)
        size = out.with_suffix(".txt").stat().st_size
        kept = state.stat().st_size if state.exists() else 0
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, size, kept)


def main() -> None:
    """Print the table."""
    data = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else inputs.invoice(inputs.SMALL_LINES)
    print(f"{len(data):,} bytes a document; {platform.machine()}, Python {platform.python_version()}")
    print("| verb | ms a document | a second and core | peak memory | stdout a document | state a document |")
    print("| --- | --- | --- | --- | --- | --- |")
    for row in ROWS:
        pairs = [(spent(row, data, row.few), spent(row, data, row.many)) for _ in range(ROUNDS)]
        extra = row.many - row.few
        cost = min(many.seconds - few.seconds for few, many in pairs) / extra
        few, many = pairs[-1]
        out, state = (many.out - few.out) / extra, (many.state - few.state) / extra
        print(
            f"| {row.name} | {1000 * cost:.2f} | {1 / cost:,.0f} | {many.memory / 2**20:.0f} MiB "
            f"| {out:,.0f} B | {state:,.0f} B |"
        )


if __name__ == "__main__":
    main()
