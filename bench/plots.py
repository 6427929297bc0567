"""The record as pictures (SVG, no library): every ratio beside its limit, and the kernels over time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from cases import Case, Result
from history import Count

PLOTS = Path(__file__).resolve().parent / "plots"
_ROW, _LEFT, _WIDE = 18, 430, 960
_GOOD, _BAD, _PLAIN, _INK = "#1a7f5a", "#b3261e", "#7a8699", "#1f2430"
_COLOURS = ("#1a5fb4", "#b3261e", "#1a7f5a", "#8a5a00", "#6a3fa0", "#00707d", "#5f6b7a", "#a3195b")


def ratios(rows: Iterable[tuple[Case, Result]]) -> str:
    """A bar for every measured case: how much of its limit it uses (1 is the limit; shorter is better)."""
    used = [(case, result.ratio, _share(case, result.ratio)) for case, result in rows if result.ratio]
    judged = [(case, ratio, share) for case, ratio, share in used if share is not None]
    scale = (_WIDE - _LEFT - 90) / max([share for *_, share in judged] + [1.25])
    body = [_bar(place, *row, scale) for place, row in enumerate(judged)]
    height = 40 + _ROW * len(judged)
    limit = _LEFT + scale
    line = f'<path d="M{limit:.1f} 26V{height - 6}" stroke="{_INK}" stroke-dasharray="4 3"/>'
    return _svg(height, [_text(limit, 18, "limit", "middle"), *body, line], "Measured ratios beside their limits")


def _share(case: Case, ratio: float) -> float | None:
    limit = case.limit.value
    if limit is None:
        return None
    return ratio / limit if case.limit.sense == "<=" else limit / ratio


def _bar(place: int, case: Case, ratio: float, share: float, scale: float) -> str:
    top = 30 + place * _ROW
    colour = _GOOD if share <= 1 else _BAD
    label = f"{case.group}: {case.name} / {case.against}"
    bar = f'<rect x="{_LEFT}" y="{top}" width="{share * scale:.1f}" height="{_ROW - 5}" fill="{colour}"/>'
    value = _text(_LEFT + share * scale + 5, top + 11, f"{ratio:.2f}x")
    return _text(_LEFT - 8, top + 11, label[:70], "end") + bar + value


def kernels(counts: Sequence[Count]) -> str:
    """Instructions of every kernel, run after run, relative to its first (one chart, logarithmic)."""
    names = list(dict.fromkeys(count.kernel for count in counts))
    series = {name: [count.instructions for count in counts if count.kernel == name] for name in names}
    most = max([len(values) for values in series.values()] + [2])
    parts = [f'<path d="M60 150H{_LEFT + 60}" stroke="{_PLAIN}"/>', _text(52, 154, "1x", "end")]
    for place, (name, values) in enumerate(series.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        parts.append(_curve(values, most, colour))
        ending = f"{name}: {values[-1] / 1000:,.0f}k instructions"
        parts.append(f'<rect x="{_LEFT + 90}" y="{30 + place * 22}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(_LEFT + 110, 41 + place * 22, ending))
    return _svg(270, parts, "Instructions of one call, against the first run kept")


def _curve(values: Sequence[int], most: int, colour: str) -> str:
    step = _LEFT / (most - 1)
    points = [(60 + place * step, 150 - 110 * math.log2(value / values[0])) for place, value in enumerate(values)]
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>{dots}'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(height: float, parts: Iterable[str], title: str) -> str:
    style = f"text{{font:12px system-ui,sans-serif;fill:{_INK}}}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{height}" role="img">'
    page = f'<rect width="{_WIDE}" height="{height}" fill="#fff"/>'
    return "\n".join([head, f"<title>{title}</title><style>{style}</style>{page}", *parts, "</svg>", ""])


def draw(name: str, picture: str) -> Path:
    """Write a picture beside the record."""
    PLOTS.mkdir(exist_ok=True)
    path = PLOTS / name
    path.write_text(picture, encoding="utf-8")
    return path
