"""A theme that would draw for ever, or until the memory is full, is stopped and said to be the reason."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.render import scaffold, watch
from fatturakit.render.themes import builtin, own

from .documents import fixture
from .test_themes import make

HEAD = '{% extends "assosoftware/document.html.j2" %}{% block document %}'
ENDLESS = {
    "loops": "{% for a in 'x'*99999 %}{% for b in 'x'*99999 %}{% endfor %}{% endfor %}",
    "calls": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
}
TOO_LARGE = {
    "{{ ('x'*50000).replace('x','x'*50000) }}": "the result would be too large",
    "{{ ('x'*50000)|replace('x','x'*50000) }}": "the result would be too large",
    "{{ ('x'*90000).join('a'*90000) }}": "the result would be too large",
    "{{ ('a'*90000)|join('x'*90000) }}": "the result would be too large",
    "{{ '%9999999999d' % 1 }}": "the result would be too large",
    "{{ '%*d' % (9999999999, 1) }}": "the result would be too large",
    "{{ [[1]*999]*999 }}": "a list cannot be multiplied",
    "{{ ('x'*9999).translate({120: 'y'*99999}) }}": "translate is not for templates",
    "{{ [[1], [2]]|sum(start=[]) }}": "No filter named 'sum'",
}


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SECONDS", 0.2)
    monkeypatch.setattr(watch, "_BYTES_A_SECOND", 10**9)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("what", ENDLESS)
def test_templates_that_never_end_are_stopped(tmp_path: Path, what: str) -> None:
    folder = make(tmp_path / "mio", document_html_j2=HEAD + ENDLESS[what] + "{% endblock %}")
    with pytest.raises(fk.UsageError, match="mio") as caught:
        fk.render(fixture("00001"), theme=str(folder))
    assert "fermato" in caught.value.say("it")
    assert not [row for row in threading.enumerate() if "_watch" in row.name]


def test_memory_is_limited_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MEMORY", -(10**12))
    if not watch._resident():
        pytest.skip("the system does not say how much memory is used")
    loops = "{% for a in 'x'*99999 %}{% for b in 'x'*999 %}{% endfor %}{% endfor %}"
    with pytest.raises(fk.UsageError, match="fermato"):
        fk.render(fixture("00001"), theme=str(make(tmp_path / "mio", document_html_j2=HEAD + loops + "{% endblock %}")))


@pytest.mark.parametrize("what", TOO_LARGE)
def test_what_makes_much_of_little_is_refused(tmp_path: Path, what: str) -> None:
    folder = make(tmp_path / "mio", document_html_j2=HEAD + what + "{% endblock %}")
    with pytest.raises(fk.UsageError) as caught:
        fk.render(fixture("00001"), theme=str(folder))
    assert TOO_LARGE[what] in caught.value.say("it")


def test_modest_use_goes_on(tmp_path: Path) -> None:
    body = "{{ 'a-b'.replace('-', '+') }}{{ 'xyz'|replace('y', '_') }}{{ ['1', '2']|join(':') }}"
    body += "{{ '%s/%s' % (1, 2) }}{{ 7 % 4 }}"
    drawn = fk.render(
        fixture("00001"), theme=str(make(tmp_path / "mio", document_html_j2=HEAD + body + "{% endblock %}"))
    )
    assert "a+bx_z1:21/23" in str(drawn)


def test_a_style_sheet_that_is_too_deep_is_the_theme_s_mistake(tmp_path: Path) -> None:
    scaffold.new(tmp_path / "mio", "acube")
    (tmp_path / "mio" / "z.css").write_text("td{width:calc(" + "(" * 3000 + "1px" + ")" * 3000 + ")}")
    with pytest.raises(fk.UsageError, match="mio"):
        fk.render(fixture("00001"), theme=str(tmp_path / "mio"), shape="pdf")


@pytest.mark.usefixtures("hurried")
def test_themes_of_ours_have_all_the_time_they_need() -> None:
    with watch.watched(builtin("acube"), 0):
        time.sleep(0.4)


@pytest.mark.usefixtures("hurried")
def test_nothing_is_stopped_afterwards(tmp_path: Path) -> None:
    scaffold.new(tmp_path / "mio", "acube")
    with watch.watched(own(tmp_path / "mio"), 0):
        pass
    time.sleep(0.4)
