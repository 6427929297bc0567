"""Many documents: the same reports in the same order for any number of processes."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fatturakit.batch import archives, parallel, run
from fatturakit.batch.inputs import Input, expand
from fatturakit.errors import MissingExtra
from fatturakit.findings import Report, Verdict
from fatturakit.limits import DEFAULT
from fatturakit.rules.options import Options

from ..samples import archive_of, invoice


def reports(names: list[str], jobs: int | None = 1, **options: object) -> list[Report]:
    return list(run.reports(expand(names, DEFAULT), Options(**options), jobs))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("many")
    for number in range(180):
        data = b"<broken" if number % 7 == 3 else invoice(("12/A", f"{number}/A"))
        (home / f"IT01879020517_{number:05}.xml").write_bytes(data)
    archive_of(home / "z.zip", {f"IT01879020517_{number:05}.xml": invoice() for number in range(170, 190)})
    return home


@pytest.mark.parametrize("jobs", [2, 3, 0, None])
def test_order_and_content_do_not_depend_on_jobs(folder: Path, jobs: int | None) -> None:
    """Reports, findings and order are those of one process."""
    moment = Options().received_on
    serial = reports([str(folder)], 1, received_on=moment)
    parallel = reports([str(folder)], jobs, received_on=moment)
    assert [report.to_dict() for report in parallel] == [report.to_dict() for report in serial]
    assert len(serial) == 201


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_any_way_of_starting_a_worker_will_do(folder: Path, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is different from system to system does not show."""
    monkeypatch.setattr(parallel, "start_method", lambda: method)
    moment = Options().received_on
    found = reports([str(folder)], 2, received_on=moment)
    assert found == reports([str(folder)], 1, received_on=moment)
    assert len({id(report.not_evaluated) for report in found if report.kind == "FPR12"}) == 1


def test_threads_are_never_forked() -> None:
    """A process with a second thread gets workers that are not its copies."""
    with ThreadPoolExecutor(1) as other:
        assert other.submit(parallel.start_method).result() != "fork"


@pytest.mark.parametrize(("preflight", "severity"), [(False, "warning"), (True, "error")])
def test_00002_between_files(tmp_path: Path, preflight: bool, severity: str) -> None:
    """The second file with a name is told which was the first; another extension only warns."""
    name = "IT01879020517_00001.xml"
    for place in ("a", "b", "c"):
        (tmp_path / place).mkdir()
    (tmp_path / "a" / name).write_bytes(invoice())
    (tmp_path / "b" / name).write_bytes(invoice())
    packed = archive_of(tmp_path / "c" / "IT01879020517_00009.zip", {name: invoice()})
    first, *others = reports([str(tmp_path)], preflight=preflight)
    assert "00002" not in {finding.code for finding in first.findings}
    for report in others:
        (finding,) = [finding for finding in report.findings if finding.code == "00002"]
        assert (finding.severity, finding.args["other"]) == (severity, first.path)
    assert others[-1].path == f"{packed}!{name}"
    assert [report.verdict for report in others] == [Verdict.INVALID if preflight else Verdict.VALID] * 2


def test_00002_does_not_meet_itself(tmp_path: Path) -> None:
    """The same file named twice is no duplicate; --ignore leaves the control out."""
    path = tmp_path / "IT01879020517_00001.xml"
    path.write_bytes(invoice())
    assert [report.findings for report in reports([str(path), str(path)])] == [(), ()]
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / path.name).write_bytes(invoice())
    assert [report.findings for report in reports([str(tmp_path)], ignore=("00002",))] == [(), ()]


def test_a_dying_process_takes_only_its_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker killed by one document costs that document only; the others are judged, in order."""
    judge = run.judge
    expected = [report.path for report in reports([str(folder)], 1)]

    def deadly(document: object, path: str, *more: object) -> Report:
        if path.endswith("00077.xml"):
            os._exit(9)
        return judge(document, path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "judge", deadly)
    monkeypatch.setattr(parallel, "start_method", lambda: "fork")  # the worker must have the patch too
    found = reports([str(folder)], 2)
    assert [report.path for report in found] == expected
    (lost,) = [report for report in found if run.is_crash(report)]
    assert lost.path.endswith("00077.xml")


def test_a_bug_in_one_document_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception becomes a report that says so."""

    def broken(*_: object) -> Report:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(run, "judge", broken)
    (report,) = run.reports([Input("x.xml", name="x.xml", data=invoice())], Options(), 1)
    assert run.is_crash(report)
    assert "oops" in report.findings[0].say("it")


def kept_open() -> int:
    """How many archives this process keeps open."""
    return archives._opened.cache_info().currsize


def test_an_archive_is_not_read_through_one_handle_by_two_processes(tmp_path: Path) -> None:
    """What the parent keeps open a forked worker opens again: processes share the place in an open file."""
    path = archive_of(tmp_path / "a.zip", {f"{number}.xml": invoice() for number in range(30)})
    items = [item for item in expand([str(path)], DEFAULT) if item.archive is None]
    assert all(item.read(DEFAULT) for item in items)
    assert kept_open() == 1
    with parallel.pool(1) as worker:
        assert worker.submit(kept_open).result() == 0
    assert kept_open() == 1


def test_an_archive_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    """A program that runs for days sees what is there now."""
    path = tmp_path / "a.zip"
    archive_of(path, {"a.xml": invoice()})
    assert reports([str(path)])[-1].path == f"{path}!a.xml"
    other = archive_of(tmp_path / "b", {"b.xml": b"<broken"})
    other.replace(path)
    assert reports([str(path)])[-1].path == f"{path}!b.xml"


def test_a_missing_extra_is_no_fault_of_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without the extra for addresses: the line that installs it, and no document that failed."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(MissingExtra, match=r"fatturakit\[cloud\]"):
        list(run.reports([Input("s3://b/x.xml", "s3://b/x.xml")], Options()))
