"""Mutation testing: small changes to a module, one at a time, and whether the tests that belong to it notice.

    python tools/mutate.py [MODULE…] [--each N] [--seconds N] [--seed N] [--jobs N]

MODULE: a path below src/fatturakit (default: money.py and every module of rules/). Every change is tried in a process
of its own, forked when the libraries are loaded and, where no test has loaded the module by then, its tests collected;
it ends at the first test that fails. Needs a system that can fork. Prints the changes nobody noticed; their explanation
is in docs/decisions.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from mutants import Mutant, mutants

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src" / "fatturakit"
SLOWEST: Final = 900
GENERATED: Final = frozenset(["_index.py", "_unevaluated.py", "_italian.py", "_changes.py", "_foreign.py"])
DOCUMENTS: Final = tuple(
    f"rules/test_{name}.py" for name in ("fixtures", "amounts", "identity", "advice", "between", "details", "missing")
)
"""Tests that judge documents; those on the corpus and on random damage are too slow here."""
EVERYTHING: Final = (*DOCUMENTS, *(f"rules/test_{name}.py" for name in ("engine", "dated", "comments", "facts")))
EXPLAINED: Final = ("rules/test_explain.py", "rules/test_explanations.py")
SIGNED: Final = ("rules/test_details_files.py", "signature/test_controls.py", "rules/test_engine.py")
BELONG: Final[dict[str, tuple[str, ...]]] = {
    "money": ("test_money.py",),
    "explain": EXPLAINED,
    "changes": EXPLAINED,
    "declare": (*EVERYTHING, *EXPLAINED),
    **dict.fromkeys(("vocab", "_sums", "_attachments", "between", "content", "identity", "facts"), DOCUMENTS),
    "amounts": ("rules/test_amounts.py", *DOCUMENTS),
    "signed": SIGNED,
    "signatures": SIGNED,
    "place": ("rules/test_dated.py", "rules/test_engine.py"),
    "transmission": ("rules/test_details_files.py", "rules/test_engine.py"),
    **dict.fromkeys(("e00100", "e00102", "e00103", "e00104", "e00105", "e00107"), SIGNED),
    **dict.fromkeys(("e00001", "e00003", "e00106"), ("rules/test_details_files.py", "rules/test_engine.py")),
    **dict.fromkeys(("e00200", "e00201"), ("rules/test_engine.py", "rules/test_dated.py")),
    "e00002": ("rules/test_details_files.py", "batch/test_run.py"),
    "en00": ("rules/test_engine.py",),
    "e00404": ("rules/test_between.py",),
    "unevaluated": ("rules/test_details_files.py", "rules/test_dated.py", "rules/test_engine.py"),
}
"""The tests of a module, by the first word of its name."""
QUICK: Final = "not never_crashes and not audit_file"
"""Leaves out the slow: random damage, and documents that are no invoices."""
ONE: Final = re.compile("(e|en|fk)[0-9]+")
COUNTED: Final = re.compile(r"^(\d+) changes, \d+ noticed, (\d+) not$", re.MULTILINE)


def tests_of(module: Path) -> list[str]:
    """What pytest is given for a module: for one control, the cases that name it and the sums."""
    name = module.stem if module.stem in BELONG else module.stem.partition("_")[0]
    files = BELONG.get(name) or (DOCUMENTS if ONE.fullmatch(name) else EVERYTHING)
    found = [str(ROOT / "tests" / file) for file in dict.fromkeys(files)]
    if not ONE.fullmatch(name) or name in BELONG:
        return [*found, "-k", QUICK]
    code = name.removeprefix("e").upper()
    sums = " or (test_amounts and (boundaries or line_total))" if code.startswith("004") else ""
    return [*found, "-k", f"{code} or test_details.py or test_missing.py{sums}"]


class _Loader(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Gives one module from a tree instead of its file."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = _dotted(path), path, tree

    def find_spec(self, name: str, path: object, target: object = None) -> object:
        """Ours when it is the one."""
        return importlib.util.spec_from_loader(name, self, origin=str(self.path)) if name == self.name else None

    def exec_module(self, module: object) -> None:
        """Run the changed tree."""
        vars(module)["__file__"] = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), vars(module))


def _dotted(path: Path) -> str:
    return ".".join(("fatturakit", *path.relative_to(SOURCE).with_suffix("").parts))


def _install(path: Path, mutant: Mutant | None) -> None:
    if mutant is not None:
        sys.meta_path.insert(0, _Loader(path, mutant.tree))


def _forked(work: Callable[[], object], seconds: float) -> bool:
    """Whether work in a process of its own answers with something true, raises, or does not end in time."""
    child = os.fork()
    if child == 0:
        try:
            failed = bool(work())
        except BaseException:
            failed = True
        os._exit(failed)
    end, pause = time.monotonic() + seconds, 0.002
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status != 0
        time.sleep(pause)
        pause = min(0.05, pause * 1.5)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _pytest(path: Path, plugin: object | None = None) -> int:
    """Run the tests of a module in this process, without a word."""
    import pytest
    from hypothesis import settings

    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    settings.register_profile("mutate", max_examples=25, deadline=None, derandomize=True)
    settings.load_profile("mutate")
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return pytest.main([*quiet, *tests_of(path)], plugins=[plugin] if plugin else None)


def _anew(path: Path, mutant: Mutant | None) -> object:
    """Collect the tests of a module with a change in place, and run them."""
    _install(path, mutant)
    return _pytest(path)


class Clock:
    """Gives a change a few times as long as the tests took without any, which come first."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def timed(self, work: Callable[[], object]) -> bool:
        """Whether the tests that ``work`` runs in a fork fail, or go on for ever."""
        started = time.monotonic()
        failed = _forked(work, self._seconds or SLOWEST)
        self._seconds = self._seconds or 10 + 5 * (time.monotonic() - started)
        return failed


class Stage:
    """A plugin of pytest: instead of running what was collected, runs it once for every change, each in a fork."""

    def __init__(self, path: Path, chosen: Sequence[Mutant | None], answers: int) -> None:
        self.path, self.chosen, self.answers = path, chosen, answers

    def pytest_runtestloop(self, session: object) -> bool:
        """Nothing when a test has the module already: it would go on with the one it has."""
        clock = Clock()
        for mutant in self.chosen if _dotted(self.path) not in sys.modules else ():
            failed = clock.timed(lambda new=mutant: self._run(session, new))
            os.write(self.answers, b"+" if failed else b"-")
        return True

    def _run(self, session: object, mutant: Mutant | None) -> object:
        from _pytest.main import pytest_runtestloop

        _install(self.path, mutant)
        pytest_runtestloop(session)  # type: ignore[arg-type]
        return vars(session)["testsfailed"]


def _staged(path: Path, chosen: Sequence[Mutant | None]) -> Iterator[bool]:
    """For each change in turn whether tests collected once notice it; ends early where that cannot be."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        _pytest(path, Stage(path, chosen, said))
        os._exit(0)
    os.close(said)
    try:
        while answer := os.read(heard, 1):
            yield answer == b"+"
    finally:
        os.close(heard)
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def noticed(path: Path, chosen: Sequence[Mutant | None]) -> Iterator[bool]:
    """For each change in turn whether the tests notice it; the first is none at all."""
    done, clock = 0, Clock()
    for done, answer in enumerate(_staged(path, chosen), 1):  # noqa: B007 - how far it came
        yield answer
    for mutant in chosen[done:]:
        yield clock.timed(lambda new=mutant: _anew(path, new))


def _one(path: Path, each: int, end: float, dice: random.Random) -> int:
    """Try the changes to one module, and say what lived; 2 when its tests fail as it is."""
    found = list(mutants(path.read_text(encoding="utf-8")))
    chosen = dice.sample(found, each) if 0 < each < len(found) else found
    answers = noticed(path, [None, *chosen])
    if next(answers):
        print(f"{path.relative_to(SOURCE)}: its tests fail as it is", flush=True)
        return 2
    tried = lived = 0
    for mutant, known in zip(chosen, answers, strict=False):
        tried += 1
        if not known:
            lived += 1
            print(f"{path.relative_to(SOURCE)}:{mutant.line}: {mutant.what}", flush=True)
        if time.monotonic() > end:
            break
    print(f"{tried} changes, {tried - lived} noticed, {lived} not", flush=True)
    return 0


def _many(paths: Sequence[Path], jobs: int, options: Sequence[str]) -> int:
    """Every module in a process of its own, some at a time; the sum at the end."""

    def run(path: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, __file__, str(path.relative_to(SOURCE)), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f"{path.relative_to(SOURCE)}\n{done.stdout}{done.stderr}", flush=True)
        return done

    with ThreadPoolExecutor(jobs) as pool:
        ended = list(pool.map(run, paths))
    counts = [tuple(map(int, pair)) for done in ended for pair in COUNTED.findall(done.stdout)]
    tried, lived = sum(pair[0] for pair in counts), sum(pair[1] for pair in counts)
    print(f"in all {tried} changes, {tried - lived} noticed, {lived} not")
    return max(done.returncode for done in ended)


def _modules(names: Sequence[str]) -> list[Path]:
    if names:
        return [SOURCE / name for name in names]
    rules = sorted(path for path in (SOURCE / "rules").rglob("*.py") if path.name not in GENERATED)
    changed = [path for path in rules if any(mutants(path.read_text(encoding="utf-8")))]
    return [*sorted(changed, key=lambda path: path.parent.name == "rules"), SOURCE / "money.py"]


def main() -> int:
    """Mutate what is named, and say what lived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--each", type=int, default=0, help="at most that many changes a module (0: all)")
    parser.add_argument("--seconds", type=int, default=0, help="stop with a module after that long (0: never)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2, help="modules at the same time")
    given = parser.parse_args()
    paths = _modules(given.modules)
    if len(paths) > 1:
        limits = ("--each", given.each, "--seconds", given.seconds, "--seed", given.seed)
        return _many(paths, given.jobs, [str(word) for word in limits])
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    import hypothesis, jsonschema, lxml.etree, pytest, xmlschema  # noqa: E401, F401, I001 - heavy, loaded once for all

    end = time.monotonic() + (given.seconds or 10**9)
    return _one(paths[0], given.each, end, random.Random(given.seed))


if __name__ == "__main__":
    sys.exit(main())
