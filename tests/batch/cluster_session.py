"""What ``test_cluster`` looks at: a real cluster of several worker processes, asked in one process; answers as JSON."""

from __future__ import annotations

import contextlib
import faulthandler
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from distributed import LocalCluster

from fatturakit.batch import many, run
from fatturakit.batch.cluster import Cluster
from fatturakit.batch.inputs import Input, expand
from fatturakit.batch.state import State
from fatturakit.cli import main
from fatturakit.errors import FatturakitError
from fatturakit.limits import DEFAULT
from fatturakit.rules.options import Options, moment

from ..samples import invoice
from . import deadly

HOME = Path(sys.argv[1])
AT = "2026-11-21"


def fill() -> Path:
    folder = HOME / "in"
    folder.mkdir()
    for number in range(90):
        data = b"<broken" if number % 7 == 3 else invoice(("12/A", f"{number % 80}/A"))
        (folder / f"IT01879020517_{number:05}.xml").write_bytes(data)
    return folder


def same_output(address: str) -> Any:
    """The command line, on the cluster and here."""
    os.chdir(HOME)
    found = []
    for more in (["--scheduler", address, "--resume", "state"], ["--resume", "state"], ["-j", "1"]):
        target = f"report{len(found)}"
        code = main.run(["validate", "in", "--format", "jsonl", "--received-on", AT, "-o", target, *more])
        found.append((int(code), (HOME / target).read_bytes()))
    return found[0] == found[1] == found[2], len(list((HOME / "state.results").iterdir()))


def other_verbs(address: str) -> Any:
    """Answers of every kind travel; a key to sign with does not."""
    found = []
    for more in (["--scheduler", address], ["-j", "1"]):
        for words in (["unwrap", "in", "--format", "json"], ["inspect", "in", "--format", "json"]):
            made = io.StringIO()
            with contextlib.redirect_stdout(made), contextlib.redirect_stderr(io.StringIO()):
                code = main.run([*words, *more])
            found.append((int(code), made.getvalue()))
    return found[:2] == found[2:], [code for code, _ in found[:2]]


def worker_killed(cluster: LocalCluster, folder: Path) -> Any:
    """One worker process is killed when the first result is there, while chunks are under way."""
    options = Options(received_on=moment(AT))
    here = list(run.reports(expand([str(folder)], DEFAULT), options, 1))
    how = many.How(cluster=Cluster(cluster.scheduler_address, str(HOME / "killed"), chunk=10))
    reports = run.reports(expand([str(folder)], DEFAULT), options, how=how)
    first = next(reports)
    victim = next(iter(cluster.workers.values()))
    os.kill(victim.process.pid, signal.SIGKILL)
    return [first, *reports] == here


def poison(cluster: LocalCluster) -> Any:
    names = [f"{number}.xml" for number in range(8)]
    names.insert(5, deadly.POISON)
    cluster.scheduler.allowed_failures = 0
    how = many.How(cluster=Cluster(cluster.scheduler_address, str(HOME / "poison"), chunk=4))
    return list(many.results((Input(name, name) for name in names), deadly.TASK, how))


def backpressure(cluster: LocalCluster) -> Any:
    """How far the inputs are read ahead of the results."""
    drawn = 0

    def inputs() -> Iterator[Input]:
        nonlocal drawn
        for number in range(1000):
            drawn = number + 1
            yield Input(str(number), str(number))

    how = many.How(cluster=Cluster(cluster.scheduler_address, str(HOME / "slow"), chunk=5))
    results = many.results(inputs(), deadly.TASK, how)
    next(results)
    results.close()  # type: ignore[attr-defined]
    return drawn


def resumed(cluster: LocalCluster, folder: Path) -> Any:
    """Left in the middle; what was done is in the state and its files, and is not done again."""
    options = Options(received_on=moment(AT))
    items = list(expand([str(folder)], DEFAULT))

    def begun(chunk: int, *, all_of_it: bool) -> list[Any]:
        with State(str(HOME / "state2"), {}) as state:
            place = str(HOME / "results2")
            where = many.How(state=state, cluster=Cluster(cluster.scheduler_address, place, chunk=chunk))
            found = run.reports(items, options, how=where)
            rows = list(found) if all_of_it else [next(found) for _ in range(65)]
            found.close()
            return rows

    begun(20, all_of_it=False)
    before = set((HOME / "results2").iterdir())
    rows = begun(20, all_of_it=True)
    kept = before & {Path(row[0]) for row in state_files()}
    return rows == list(run.reports(items, options, 1)), len(kept) >= 3


def state_files() -> list[tuple[str]]:
    import sqlite3

    with sqlite3.connect(HOME / "state2") as base:
        return base.execute("SELECT file FROM chunk").fetchall()


def sentence(cluster: Cluster, items: list[Input]) -> Any:
    try:
        list(many.results(items, deadly.TASK, many.How(cluster=cluster)))
    except FatturakitError as error:
        return int(error.exit_code), error.say("en")
    return None


def strange_worker(address: str) -> subprocess.Popen[bytes]:
    """A worker that has another package by our name."""
    odd = HOME / "odd" / "fatturakit"
    odd.mkdir(parents=True)
    (odd / "__init__.py").write_text("")
    (odd / "_version.py").write_text('__version__ = "0.0.1"')
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
    ]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(odd.parent)}, stderr=subprocess.DEVNULL)


def session() -> None:
    faulthandler.dump_traceback_later(150, exit=True)  # nothing here may hang a test run
    folder = fill()
    answers: dict[str, Any] = {}
    with LocalCluster(
        n_workers=4, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as cluster:
        address = cluster.scheduler_address
        answers["same_output"] = same_output(address)
        answers["other_verbs"] = other_verbs(address)
        answers["worker_killed"] = worker_killed(cluster, folder)
        answers["backpressure"] = backpressure(cluster)
        answers["resumed"] = resumed(cluster, folder)
        asked = Cluster(address, str(HOME / "x"), seconds=20)
        answers["poison"] = poison(cluster)
        answers["stdin"] = sentence(Cluster(address, str(HOME / "x")), [Input("-", data=b"<a/>")])
    with LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1", silence_logs=50) as empty:
        asked = Cluster(empty.scheduler_address, str(HOME / "x"), seconds=0.5)
        answers["no_workers"] = sentence(asked, [Input("x", "x")])
        stranger = strange_worker(empty.scheduler_address)
        try:
            answers["other_version"] = sentence(asked._replace(seconds=60), [Input("x", "x")])
        finally:
            stranger.kill()
            stranger.wait()
    answers["unreachable"] = sentence(Cluster("tcp://127.0.0.1:1", str(HOME), seconds=0.5), [Input("x", "x")])
    answers["no_address"] = sentence(Cluster("localhost", str(HOME)), [Input("x", "x")])
    (HOME / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    session()
