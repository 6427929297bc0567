"""``script/fuzz TARGET``: as long as wanted at one entry point, under atheris where it is installed, else mutations."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

SLOW_SECONDS = 5
MEMORY_MB = 2_000


def main() -> int:
    """What is asked for; 1 when an input was found."""
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", help="all the targets are named when there is none")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what was learned (atheris)")
    parser.add_argument("--plain", action="store_true", help="mutations without atheris")
    parser.add_argument("--input", type=Path, help="try the one input in this file")
    given = parser.parse_args()
    fuzzer = None if given.plain or given.input else _atheris()
    with fuzzer.instrument_imports(include=["fatturakit"]) if fuzzer else nullcontext():
        from .seeds import SEEDS, words
        from .targets import TARGETS, run

        if given.target not in TARGETS:
            print("\n".join(sorted(TARGETS)))
            return 2
        if given.input:
            run(given.target, given.input.read_bytes())
            return 0
        seeds, telling = SEEDS[given.target](), words(given.target)
        if fuzzer is None:
            return plain(given, seeds, telling)
        fuzzer.Setup(guided(given, seeds, telling), lambda data: run(given.target, data))
        fuzzer.Fuzz()  # ends the process itself
    return 0


def plain(given: argparse.Namespace, seeds: tuple[bytes, ...], telling: tuple[bytes, ...]) -> int:
    """Mutations until the time is over."""
    from .mutation import mutated
    from .targets import run

    _bounded()
    end, tried = time.monotonic() + given.seconds, 0
    for data in mutated(given.seed, seeds, telling):
        start = time.process_time()
        try:
            run(given.target, data)
            found = "" if time.process_time() - start < SLOW_SECONDS else "slow"
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        tried += 1
        if found:
            kept = Path(tempfile.mkdtemp(prefix="fuzz-")) / given.target
            kept.write_bytes(data)
            print(f"{given.target}: {found}\nseed {given.seed}, input {tried}: {kept}", file=sys.stderr)
            return 1
        if time.monotonic() > end:
            break
    print(f"{given.target}: {tried} inputs, seed {given.seed}, nothing found")
    return 0


def guided(given: argparse.Namespace, seeds: tuple[bytes, ...], telling: tuple[bytes, ...]) -> list[str]:
    """The command line of libFuzzer."""
    folder = given.corpus or Path(tempfile.mkdtemp(prefix="fuzz-")) / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for place, data in enumerate(seeds):
        (folder / f"seed-{place}").write_bytes(data)
    lexicon = folder.parent / f"{folder.name}.dict"
    lexicon.write_text("".join(f'"{_escaped(word)}"\n' for word in telling), encoding="ascii")
    limits = ("-timeout=20", f"-rss_limit_mb={MEMORY_MB}", "-max_len=60000", f"-max_total_time={given.seconds}")
    places = (f"-dict={lexicon}", f"-artifact_prefix={folder.parent}/{given.target}-", str(folder))
    return [given.target, *limits, f"-seed={given.seed}", *places]


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _atheris() -> Any:
    try:
        import atheris
    except ImportError:
        print("atheris is not installed (python -m pip install --group fuzz): plain mutations", file=sys.stderr)
        return None
    return atheris


def _bounded() -> None:
    """No more memory than that, where the system can be told."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))


if __name__ == "__main__":
    sys.exit(main())
