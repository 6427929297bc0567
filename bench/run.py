"""Measure fatturakit beside bare lxml and its peers, and print the ratios beside their limits.

    script/bench                     everything (several minutes)
    script/bench bare cold           these groups (or --bare --cold)
    script/bench --quick bare peers  does it run? small inputs, no meaning in the numbers
    script/bench --write             everything, and rewrite bench/RESULTS.md and its picture
    script/bench --write saft        this group, and keep what the record says of the others
    script/bench --count             instructions of the kernels (valgrind), beside the last run kept; no noise
    script/bench --count --write     and keep them in bench/HISTORY.csv
    script/bench --draw              the picture of bench/RESULTS.md once more, nothing measured

The exit code is 0 whatever the ratios say: a benchmark is read, it is not a test.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import counting
import history
import plots
import record
import show
from cases import TARGET_GROUPS, Case, Result, table
from clock import FULL, QUICK


def main(arguments: list[str] | None = None) -> int:
    """Run the groups asked for and print their table."""
    asked = _parser().parse_args(arguments)
    if asked.count:
        return _count(write=asked.write)
    if asked.draw:
        print(plots.draw("ratios.svg", plots.ratios(record.rows())).name)
        return 0
    groups = {*asked.groups, *asked.named}
    cases = [case for case in table(quick=asked.quick) if not groups or case.group in groups]
    print("\n".join(show.machine()), flush=True)
    if asked.quick:
        print("quick run: the inputs are small and the ratios mean nothing")
    measured = list(_measured(cases, quick=asked.quick))
    print("\n" + show.aligned([show.HEAD, *(show.cells(*row) for row in measured)]))
    if asked.write:
        kept = [row for row in record.lines() if row[0] not in {case.group for case in cases}]
        written = show.write(measured, kept=kept).name
        print(f"\nwritten: {written}, {plots.draw('ratios.svg', plots.ratios(record.rows())).name}")
    return 0


def _count(*, write: bool) -> int:
    """Count the kernels, show what changed, and keep the run when asked to."""
    if not counting.available():
        print("valgrind is not installed: there is nobody to count", file=sys.stderr)
        return 2
    before, now = history.kept(), list(history.counted())
    print(history.setting())
    print(show.aligned([("kernel", "instructions", "since", ""), *history.compared(now, before)]))
    if write:
        history.keep(now)
        print(f"kept: {plots.draw('kernels.svg', plots.kernels(before + now)).name}, {history.HISTORY.name}")
    return 0


def _measured(cases: list[Case], *, quick: bool) -> Iterator[tuple[Case, Result]]:
    for case in cases:
        print(f"measuring {case.group}: {case.name} / {case.against}", file=sys.stderr, flush=True)
        yield case, _result(case, quick=quick)


def _result(case: Case, *, quick: bool) -> Result:
    """What a case gave; one that fails says so, and the others go on."""
    try:
        return case.measure(QUICK if quick else FULL)
    except Exception as error:
        return Result(None, note=f"not measured: {error}")


def _parser() -> argparse.ArgumentParser:
    groups = ", ".join(TARGET_GROUPS)
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("script/bench", description=__doc__, formatter_class=form)
    parser.add_argument("groups", nargs="*", metavar="group", choices=[*TARGET_GROUPS, []], help=groups)
    for name, words in TARGET_GROUPS.items():
        parser.add_argument(f"--{name}", dest="named", action="append_const", const=name, default=[], help=words)
    parser.add_argument("--quick", action="store_true", help="small inputs, two rounds")
    parser.add_argument("--count", action="store_true", help="count instructions of the kernels instead")
    parser.add_argument("--draw", action="store_true", help="draw the picture of bench/RESULTS.md again")
    parser.add_argument("--write", action="store_true", help="rewrite bench/RESULTS.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
