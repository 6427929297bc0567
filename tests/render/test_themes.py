"""Themes: ours are compiled as they are written, others run in a sandbox and lose nothing."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment
from markupsafe import Markup

import fatturakit as fk
from fatturakit.render import naming, output, payments, scaffold, values
from fatturakit.render.themes import NAMES, own

from ..shared import ROOT
from .documents import FIXTURES, LANGUAGES, fixture
from .reading import missing, visible


def test_what_is_compiled_is_what_is_written() -> None:
    command = [sys.executable, str(ROOT / "tools" / "compile_themes.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def plain(source: str) -> str:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return str(import_module("plain").plain(Environment(), "x.html.j2", source))
    finally:
        sys.path.remove(str(ROOT / "tools"))


@pytest.mark.parametrize(
    "source",
    [
        "{{ nobody }}",
        "{% include 'x' %}",
        "{{ page.title|upper }}",
        "{% for page in page.sheets %}{% endfor %}",
        "{% macro m(a) %}{% endmacro %}{{ m(a=1) }}",
        "{% for x in page.sheets if x %}{% endfor %}",
    ],
)
def test_a_template_of_ours_that_is_not_understood_is_not_compiled(source: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        plain(source)


def test_a_template_of_ours_says_what_jinja_would() -> None:
    source = (
        "{% macro m(a) %}<{{ a }}>{% endmacro %}{% for x in page.rows %}{{ loop.index }}{% if loop.first %}f{% elif "
        "loop.last %}l{% endif %}{{ x ~ '!' }}{% else %}none{% endfor %}{% set s %}{{ m('&') }}{% endset %}{{ s }}"
        "{{ 'a' if page.rows|length > 1 and not page.no else t.net }}"
    )
    words = SimpleNamespace(net=Markup("<i>net</i>"))
    made: dict[str, Any] = {}
    exec(plain(source), made)
    for rows in ([], ["<", "&"], ["x", "y", "z"]):
        page = SimpleNamespace(rows=rows, no=False)
        root = made["bind"]({}, words, *[None] * 7)[0]
        assert "".join(root(page, "")) == Environment(autoescape=True).from_string(source).render(page=page, t=words)


@pytest.mark.parametrize("module", [values, output, naming, payments], ids=lambda module: module.__name__)
def test_examples(module: object) -> None:
    assert not doctest.testmod(module).failed  # type: ignore[arg-type]


def make(folder: Path, **files: str) -> Path:
    scaffold.new(folder, "assosoftware")
    for name, text in files.items():
        (folder / name.replace("_", ".", 1).replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("parent", NAMES)
def test_a_new_theme_works_at_once(tmp_path: Path, parent: str) -> None:
    scaffold.new(tmp_path / "mio", parent)
    documents = [fk.open(path) for path in FIXTURES]
    assert list(scaffold.problems(own(tmp_path / "mio"), documents)) == []


def test_a_theme_that_shows_nothing_still_loses_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path / "mio", document_html_j2='{% extends "page.html.j2" %}{% block document %}{% endblock %}')
    document = fixture("0A1C4")
    for lang in LANGUAGES:
        page = fk.render(document, theme=str(folder), lang=lang)
        assert isinstance(page, str)
        assert missing(document, visible(page), lang.partition("+")[0]) == []


ATTACKS = [
    "{{ ''.__class__.__mro__ }}",
    "{{ page._document.data }}",
    "{{ doc.node._fields }}",
    "{{ adjustment.__globals__ }}",
    "{% include '/etc/passwd' %}",
    "{% include '../standard.css' %}",
    "{{ doc.title|safe }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{% for x in range(999999999) %}{% endfor %}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_of_somebody_cannot_leave_its_sandbox(tmp_path: Path, attack: str) -> None:
    body = '{% extends "assosoftware/document.html.j2" %}{% block document %}[' + attack + "]{% endblock %}"
    folder = make(tmp_path / "mio", document_html_j2=body)
    try:
        page = fk.render(fixture("00001"), theme=str(folder))
    except fk.UsageError:
        return
    assert isinstance(page, str)
    found = re.search(r"\[(.*?)\]", visible(page).partition("<body")[2] or visible(page))
    assert found is not None
    assert found[1] == ""


MISTAKES = {
    "{{ 1 / 0 }}": "document.html.j2:2: division by zero",
    "{{ doc.title + 1 }}": "document.html.j2:2: can only concatenate",
    "{% if %}": "document.html.j2:2: Expected an expression",
    "{% include 'theme.toml' %}": "document.html.j2:2: no template theme.toml",
    "{{ nobody }}": "document.html.j2:2: 'nobody' is undefined",
    "{{ 'a' * 10000000000 }}": "document.html.j2:2: *: the result is too large",
    "{{ [1] * 10000000000 }}": "document.html.j2:2: a list cannot be multiplied",
    "{{ 10 ** 10000000000 }}": "document.html.j2:2: **: the result is too large",
    "{{ 'a'.ljust(10000000000) }}": "document.html.j2:2: the result would be too large",
    "{{ 'a'|center(10000000000) }}": "document.html.j2:2: the result would be too large",
    "{{ '%10000000000d'|format(1) }}": "document.html.j2:2: the result would be too large",
    "{{ '%*d'|format(10000000000, 1) }}": "document.html.j2:2: the result would be too large",
    "{{ '{:>10000000000}'.format(1) }}": "document.html.j2:2: the result would be too large",
    "{{ '{:>{}}'.format(1, 10000000000) }}": "document.html.j2:2: the result would be too large",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "document.html.j2:2: maximum recursion depth",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_theme_says_where_and_why(tmp_path: Path, mistake: str) -> None:
    body = '{% extends "assosoftware/document.html.j2" %}\n{% block document %}' + mistake + "{% endblock %}"
    folder = make(tmp_path / "mio", document_html_j2=body)
    with pytest.raises(fk.UsageError) as caught:
        fk.render(fixture("00001"), theme=str(folder))
    assert MISTAKES[mistake] in caught.value.say("it")


def test_a_template_in_another_encoding_is_a_mistake(tmp_path: Path) -> None:
    folder = make(tmp_path / "mio")
    (folder / "document.html.j2").write_bytes("{# però #}".encode("latin-1"))
    with pytest.raises(fk.UsageError, match="utf-8"):
        fk.render(fixture("00001"), theme=str(folder))


def test_small_products_are_allowed(tmp_path: Path) -> None:
    head = '{% extends "assosoftware/document.html.j2" %}{% block document %}'
    body = (
        head
        + '{{ "-" * 3 }}{{ 2 ** 5 }}{{ 6 * 7 }}{{ "%s"|format("n: 1234567") }}{{ "{}".format(1234567) }}{% endblock %}'
    )
    page = fk.render(fixture("00001"), theme=str(make(tmp_path / "mio", document_html_j2=body)))
    assert "---3242n: 12345671234567" in str(page)


@pytest.mark.parametrize("css", [b"a{}</style><script>", b"a{content:'\xff'}"])
def test_a_style_sheet_that_cannot_stand_in_a_page_is_a_mistake(tmp_path: Path, css: bytes) -> None:
    folder = make(tmp_path / "mio")
    (folder / "own.css").write_bytes(css)
    with pytest.raises(fk.UsageError, match=r"own\.css"):
        fk.render(fixture("00001"), theme=str(folder))


def test_a_loss_is_found_by_check(tmp_path: Path) -> None:
    folder = make(tmp_path / "mio", document_html_j2="<!DOCTYPE html><html lang='it'><title>x</title></html>")
    found = list(scaffold.problems(own(folder), [fixture("00001")]))
    assert len(found) == 1
    assert "FormatoTrasmissione" in found[0].it or "perde" in found[0].it


@pytest.mark.parametrize("text", ["extends = 3", 'extends = "niente"', "nome = 1", "titolo ="])
def test_a_wrong_theme_says_what_is_wrong(tmp_path: Path, text: str) -> None:
    folder = make(tmp_path / "mio", theme_toml=text)
    with pytest.raises(fk.UsageError):
        own(folder)


def test_escaping_cannot_be_forgotten(tmp_path: Path) -> None:
    body = (
        '{% extends "page.html.j2" %}{% block document %}{{ doc.head.Causale[0] }}{{ doc.seller.name }}{% endblock %}'
    )
    folder = make(tmp_path / "mio", document_html_j2=body)
    data = fixture("0A1C4").data.replace(b"<Causale>", b"<Causale>&lt;img src=x&gt;")
    page = fk.render(fk.open(data), theme=str(folder))
    assert isinstance(page, str)
    assert "<img src=x>" not in page
