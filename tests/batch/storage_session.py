"""What ``test_storage`` looks at: one process that serves S3 over HTTP and is its own client, its answers as JSON.

A process of its own, because it has threads: the tests around it fork.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
SERVER = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
SERVER.start()
HOST, PORT = SERVER.get_host_and_port()
SECRET = "wJalrXUtnFEMI"
os.environ.update(
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY=SECRET,
    AWS_ENDPOINT_URL=f"http://{HOST}:{PORT}",
    AWS_DEFAULT_REGION="us-east-1",
)

from fatturakit import storage  # noqa: E402
from fatturakit.batch.inputs import expand  # noqa: E402
from fatturakit.cli import main  # noqa: E402
from fatturakit.limits import DEFAULT  # noqa: E402

from ..saft.small import SMALL  # noqa: E402
from ..samples import invoice  # noqa: E402
from ..signature.making import signer  # noqa: E402

ODD = "a b%20c#?é€[1].xml"
ATTACHED = "<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>JVBERi0xLjc=</Attachment></Allegati>" * 2
HOME = Path(sys.argv[1])
ANSWERS: dict[str, Callable[[], Any]] = {}


def answer(ask: Callable[[], Any]) -> Callable[[], Any]:
    ANSWERS[ask.__name__] = ask
    return ask


def run(*words: str) -> dict[str, Any]:
    """One command line in this process."""
    out, said = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = main.run([*words, "--lang", "en"])
    out.flush()
    return {"code": int(code), "out": out.buffer.getvalue().decode(), "said": said.getvalue()}  # type: ignore[attr-defined]


def paths(done: dict[str, Any]) -> list[str]:
    return [json.loads(line)["path"] for line in done["out"].splitlines()]


def fill(bucket: Any) -> None:
    bucket.mkdir("home")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("IT01879020517_00009.xml", invoice(("12/A", "9/A")))
    objects = {f"in/{ODD}": invoice(), "in/sub/y.xml": invoice(("12/A", "2/A")), "in/zero.xml": b""}
    objects |= {
        "in/.hidden.xml": b"x",
        "in/notes.txt": b"x",
        "in/w.zip": packed.getvalue(),
        "in/plain": packed.getvalue(),
    }
    for key, data in objects.items():
        bucket.pipe_file(f"home/{key}", data)
    storage._PAGE = 3
    for number in range(7):  # more than one page of a listing
        bucket.pipe_file(f"home/many/{number:04}.txt", b"")
    bucket.pipe_file("home/many/9999.xml", invoice())


@answer
def prefix() -> Any:
    return paths(run("validate", "s3://home/in/", "--format", "jsonl"))


@answer
def pattern() -> Any:
    return paths(run("validate", "s3://home/in/*.xml", "--format", "jsonl"))


@answer
def one_key() -> Any:
    return paths(run("validate", f"s3://home/in/{ODD}", "--format", "jsonl"))


@answer
def archive_without_a_name() -> Any:
    return paths(run("validate", "s3://home/in/plain", "--format", "jsonl"))


@answer
def same_as_on_disk() -> Any:
    local = HOME / "in"
    local.mkdir()
    (local / "x.xml").write_bytes(invoice())
    there = run("validate", f"s3://home/in/{ODD}", "--format", "json", "--received-on", "2026-11-21")
    here = run("validate", f"file://{local}/x.xml", "--format", "json", "--received-on", "2026-11-21")
    return there["out"].replace(f"s3://home/in/{ODD}", "x").replace(ODD, "x.xml") == here["out"].replace(
        f"{local}/x.xml", "x"
    )


@answer
def listed_page_by_page() -> Any:
    return [item.shown for item in expand(["s3://home/many"], DEFAULT)], len(list(storage.below("s3://home/many")))


@answer
def troubles() -> Any:
    names = ("s3://home/no.xml", "s3://nobucket/a/", "foo://x/y.xml", "s3://home/nothing/", "s3://home/in/zero.xml")
    found = run("validate", *names, "--format", "jsonl")
    rows = [json.loads(line) for line in found["out"].splitlines()]
    return [found["code"], *[row["findings"][0]["message"] for row in rows]]


@answer
def password() -> Any:
    return run("validate", f"s3://user:{SECRET}@home/in/")


@answer
def written() -> Any:
    codes = [run("convert", f"s3://home/in/{ODD}", "-o", "s3://home/out/x.json")["code"] for _ in range(2)]
    codes.append(run("convert", f"s3://home/in/{ODD}", "-o", "s3://home/out/x.json", "--force")["code"])
    codes.append(run("convert", f"s3://home/in/{ODD}", "-o", "s3://nobucket/x.json")["code"])
    return codes, json.loads(storage.read("s3://home/out/x.json", 10**6))["fattura_elettronica_header"] is not None


@answer
def written_each() -> Any:
    done = [run(verb, "s3://home/in/", "-q", "-o", f"s3://home/{verb}/") for verb in ("convert", "render", "validate")]
    return [each["code"] for each in done], [
        sorted(found.url.rpartition("/")[2] for found in storage.below(f"s3://home/{verb}"))
        for verb in ("convert", "render", "validate")
    ]


@answer
def resumed() -> Any:
    words = (
        "validate",
        "s3://home/in/",
        "--format",
        "jsonl",
        "--resume",
        str(HOME / "state"),
        "--received-on",
        "2026-11-21",
    )
    first, second = run(*words), run(*words)
    storage_file = HOME / "changed"
    storage_file.write_bytes(invoice(("TD01", "TD99")))
    storage.put(storage_file, "s3://home/in/sub/y.xml", force=True)
    third = run(*words)
    return first == second, third["out"].count("TD99") > 0, third["out"].splitlines()[0] == first["out"].splitlines()[0]


@answer
def every_verb() -> Any:
    """Inputs and outputs of the other verbs; what is written is where its report says, and is what is on disk."""
    p12 = signer().p12(HOME / "k.p12")
    os.environ.update(FATTURAKIT_P12_PASSWORD="segreta", FATTURAKIT_ARCHIVE=str(HOME / "a.db"))
    signed = run(
        "sign", "s3://home/in/sub/", "--cades", "--p12", str(p12), "--any-certificate", "-o", "s3://home/signed/"
    )
    judged = run("verify", "s3://home/signed/", "--format", "json")
    peeled = run("unwrap", "s3://home/signed/", "-o", "s3://home/peeled/", "--format", "json")
    place = json.loads(peeled["out"])["documents"][0]["output"]
    same = storage.whole(place) == storage.whole("s3://home/in/sub/y.xml")
    storage_file = HOME / "odd"
    storage_file.write_bytes(invoice(("</FatturaElettronicaBody>", ATTACHED + "</FatturaElettronicaBody>")))
    storage.put(storage_file, "s3://home/attached/x.xml", force=True)
    taken = run("attachments", "s3://home/attached/", "-o", "s3://home/files/", "--format", "json")
    files = [row["output"] for row in json.loads(taken["out"])["documents"][0]["attachments"]]
    seen = run("inspect", "s3://home/in/sub/", "-o", "s3://home/seen/")
    storage_file.write_bytes(SMALL)
    storage.put(storage_file, "s3://home/saft/x.xml", force=True)
    audited = [paths(run("saft", "validate", f"s3://home/saft/{name}", "--format", "jsonl")) for name in ("", "*.xml")]
    storage_file.write_bytes(b'{"items": []}')
    storage.put(storage_file, "s3://home/receipts/x.json", force=True)
    receipts = paths(run("receipt", "validate", "s3://home/receipts/", "--format", "jsonl"))
    added = run("archive", "add", "s3://home/in/sub/", "s3://home/signed/")
    codes = [each["code"] for each in (signed, judged, peeled, taken, seen, added)]
    return (
        codes,
        place,
        same,
        files,
        storage.exists("s3://home/seen/y.txt"),
        audited,
        receipts,
        "New documents: 1" in added["said"],
    )


@answer
def not_overwritten_by_somebody_quicker() -> Any:
    """Two writers, both sure that the place is free: the second is told."""
    local = HOME / "local"
    local.write_bytes(b"1")
    exists = storage._place("s3://home/in/")[0].__class__.exists
    try:
        storage._place("s3://home/in/")[0].__class__.exists = lambda *_, **__: False
        storage.put(local, "s3://home/race", force=False)
        try:
            storage.put(local, "s3://home/race", force=False)
        except OSError as error:
            return type(error).__name__
    finally:
        storage._place("s3://home/in/")[0].__class__.exists = exists
    return "overwritten"


@answer
def changed_while_it_is_read() -> Any:
    local = HOME / "large"
    local.write_bytes(b"x" * 3_000_000)
    storage.put(local, "s3://home/large", force=True)
    with storage.opened("s3://home/large") as stream:
        stream.read(4)
        local.write_bytes(b"y" * 3_000_000)
        storage.put(local, "s3://home/large", force=True)
        try:
            found = stream.read()
        except OSError as error:
            return type(error).__name__
        return "mixed" if b"y" in found else "old"


@answer
def in_memory() -> Any:
    local = HOME / "m"
    local.write_bytes(invoice())
    storage.put(local, "memory://box/a/x.xml", force=False)
    return [item.shown for name in ("memory://box/a", "memory://box/*/x.xml") for item in expand([name], DEFAULT)]


@answer
def no_server() -> Any:
    SERVER.stop()
    found = run("validate", "s3://home/in/", "--format", "jsonl")
    return found["code"], found["out"] + found["said"]


def session() -> None:
    import s3fs

    fill(s3fs.S3FileSystem())
    print(json.dumps({name: ask() for name, ask in ANSWERS.items()}))


if __name__ == "__main__":
    session()
