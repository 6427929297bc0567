"""What we publish can be installed and works from anywhere: wheel, editable install, bare checkout.

Each install goes into a fresh environment without pip; the dependencies are borrowed from the running one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import lxml
import pytest

from ..shared import ROOT

pytestmark = pytest.mark.packaging

TREE = ("src", "schemas", "stylesheets", "man", ".gitignore", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
EXTRAS = {"pdf", "sign", "remote", "server", "postgres", "table", "cloud", "distributed", "fast", "all"}
PROBE = """
import fatturakit
from fatturakit.resources import folder, schema_file
from fatturakit.schema.compiled import fast
from fatturakit.schema.profiles import PROFILES
for profile in PROFILES:
    assert schema_file(profile.file).is_file(), profile.file
    fast(profile)
assert folder("stylesheets").is_dir()
print(fatturakit.__file__)
"""
WORK = (("validate",), ("render", "-o", "invoice.html"))
COMMAND = "import sys; from fatturakit.cli.main import entry; sys.argv = ['fatturakit', '--version']; sys.exit(entry())"
VERSION_FILE = ROOT / "src" / "fatturakit" / "_version.py"
VERSION = VERSION_FILE.read_text(encoding="utf-8").partition('__version__ = "')[2].partition('"')[0]


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Standard output of a program that must succeed."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environ |= {"PYTHONPATH": str(path)} if path else {}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Environment:
    """A fresh virtual environment that sees the dependencies of the running one."""

    def __init__(self, folder: Path) -> None:
        run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
        self.folder = folder
        self.scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / "python"
        [site] = [path for path in folder.rglob("site-packages") if path.is_dir()]
        (site / "zz_borrowed.pth").write_text(f"{Path(lxml.__file__).parent.parent}\n", encoding="utf-8")

    def install(self, *what: str | Path) -> None:
        pip = (sys.executable, "-m", "pip", "--python", self.python, "install", "--no-deps", "--no-index")
        run(*pip, "--no-build-isolation", *what, cwd=self.folder)

    def home(self, elsewhere: Path, path: Path | None = None) -> Path:
        """Where fatturakit is imported from, after checking that its data is there."""
        return Path(run(self.python, "-c", PROBE, cwd=elsewhere, path=path).strip()).resolve()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    [path] = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    for name in TREE:
        source = ROOT / name
        copy: Callable[..., object] = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    return folder


def members(archive: Path) -> set[str]:
    with zipfile.ZipFile(archive) as opened:
        return set(opened.namelist())


def test_the_wheel_carries_data_and_types(wheel: Path) -> None:
    names = members(wheel)
    schemas = {f"fatturakit/_data/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.xsd")}
    assert schemas
    assert schemas <= names
    assert "fatturakit/py.typed" in names
    assert any(name.startswith("fatturakit/_data/stylesheets/") for name in names)


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    package = ROOT / "src" / "fatturakit"
    there = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {f"fatturakit/{path.relative_to(package).as_posix()}" for path in there} <= members(wheel)


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    man = f"fatturakit-{VERSION}.data"
    names = members(wheel)
    assert {name.partition("/")[0] for name in names} == {"fatturakit", f"fatturakit-{VERSION}.dist-info", man}
    pages = {path.relative_to(ROOT / "man").as_posix() for path in (ROOT / "man").rglob("*.1")}
    assert {name for name in names if name.startswith(man)} == {f"{man}/data/share/man/{page}" for page in pages}


def test_the_metadata_lists_the_extras(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        metadata = message_from_bytes(opened.read(f"fatturakit-{VERSION}.dist-info/METADATA"))
    assert set(metadata.get_all("Provides-Extra", [])) == EXTRAS
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Version"] == VERSION


def test_the_source_archive_is_complete(built: Path) -> None:
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "src/fatturakit/py.typed"} <= names
    assert {f"schemas/{schema.name}" for schema in (ROOT / "schemas").glob("*.xsd")} <= names


def test_wheel_install(wheel: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install(wheel)
    assert environment.folder.resolve() in environment.home(tmp_path).parents
    assert VERSION in run(environment.scripts / "fatturakit", "--version", cwd=tmp_path)
    assert (environment.folder / "share/man/man1/fatturakit-validate.1").is_file()
    invoice = ROOT / "fixtures/invoices/IT07654320071_00001.xml"
    for words in WORK:
        run(environment.scripts / "fatturakit", *words, invoice, cwd=tmp_path)


def test_the_same_source_makes_the_same_files(built: Path, checkout: Path, tmp_path: Path) -> None:
    """Built again from a copy elsewhere, the wheel from the checkout and not from the source archive."""
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--sdist",
        "--wheel",
        "--outdir",
        tmp_path,
        checkout,
        cwd=tmp_path,
    )
    assert len(list(tmp_path.iterdir())) == 2
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (built / path.name).read_bytes(), path.name


def test_source_archive_install(built: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install(*built.glob("*.tar.gz"))
    assert environment.folder.resolve() in environment.home(tmp_path).parents


def test_editable_install(checkout: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install("-e", checkout)
    assert checkout.resolve() in environment.home(tmp_path).parents
    assert VERSION in run(environment.scripts / "fatturakit", "--version", cwd=tmp_path)


def test_bare_checkout(checkout: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    assert checkout.resolve() in environment.home(tmp_path, checkout / "src").parents
    assert VERSION in run(environment.python, "-c", COMMAND, cwd=tmp_path, path=checkout / "src")
