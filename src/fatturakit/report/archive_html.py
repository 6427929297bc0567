"""The report of the archive as one self-contained page, with a picture of the months in SVG."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import Final

from ..archive.report import ArchiveReport
from ..money import ZERO, portion, spell
from ..texts import Language, Text
from .archive_report import Table, tables

_WIDTH, _HEIGHT, _FOOT, _LABEL = 900, 220, 24, 56
_COLOURS: Final = {"sent": "#1f6f8b", "received": "#c8792b"}
_STYLE: Final = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2733}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{padding:.25rem .6rem;text-align:left;"
    "border-bottom:1px solid #d8e0e6}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.5rem 0 0}svg{width:100%;height:auto}"
    "@media(prefers-color-scheme:dark){body{background:#14191e;color:#e4e9ed}th,td{border-color:#36424c}"
    "text{fill:#e4e9ed}}"
)


def page(found: ArchiveReport, lang: Language) -> str:
    """The whole page."""
    title = escape(_TITLE.say(lang))
    first, last = found.period
    when = f" {first or '…'} – {last or '…'}" if first or last else ""
    body = "".join(_table(table) for table in tables(found, lang))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}{when}</title><style>{_STYLE}</style></head>'
        f"<body><h1>{title}{when}</h1>{_picture(found, lang)}{body}</body></html>\n"
    )


def _table(table: Table) -> str:
    from_here = len(table.heads) - table.numbers

    def row(cells: tuple[str, ...], tag: str) -> str:
        marks = [' class="n"' if place >= from_here else "" for place in range(len(cells))]
        pieces = (f"<{tag}{mark}>{escape(cell)}</{tag}>" for mark, cell in zip(marks, cells, strict=True))
        return f"<tr>{''.join(pieces)}</tr>"

    rows = "".join(row(cells, "td") for cells in table.rows)
    return f"<h2>{escape(table.title)}</h2><table><thead>{row(table.heads, 'th')}</thead><tbody>{rows}</tbody></table>"


def _picture(found: ArchiveReport, lang: Language) -> str:
    """Sent and received side by side, a pair of bars a month; euro only, and nothing below zero is drawn."""
    months = sorted({line.keys[1] for line in found.by_month if line.keys[0] in _COLOURS and not line.keys[2]})
    sums = {line.keys[:2]: max(line.total, ZERO) for line in found.by_month if not line.keys[2]}
    highest = max((sums.get((side, month), ZERO) for side in _COLOURS for month in months), default=ZERO)
    if not highest:
        return ""
    bars = "".join(_bars(months, sums, highest, lang))
    label = escape(_PICTURE.say(lang))
    key = "".join(
        f'<rect x="{place * 110}" y="0" width="12" height="12" fill="{colour}"/>'
        f'<text x="{place * 110 + 17}" y="11" font-size="13">{escape(_SIDES[side].say(lang))}</text>'
        for place, (side, colour) in enumerate(_COLOURS.items())
    )
    scale = escape(_SCALE.say(lang, {"amount": spell(highest, lang)}))
    key += f'<text x="{_WIDTH}" y="11" font-size="13" text-anchor="end">{scale}</text>'
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + _FOOT}" role="img" aria-label="{label}">'
        f"<title>{label}</title>{key}{bars}</svg>"
    )


def _bars(months: list[str], sums: dict[tuple[str, ...], Decimal], highest: Decimal, lang: Language) -> Iterator[str]:
    step = max(1, _WIDTH // len(months))
    width = max(1, min(40, step // 3))
    every = -(-len(months) * _LABEL // _WIDTH)
    for place, month in enumerate(months):
        left = place * step
        for number, (side, colour) in enumerate(_COLOURS.items()):
            amount = sums.get((side, month), ZERO)
            height = int(portion(Decimal(_HEIGHT - 24), amount, highest))
            said = escape(f"{month} {_SIDES[side].say(lang)}: {spell(amount, lang)}")
            yield (
                f'<rect x="{left + number * width}" y="{_HEIGHT - height}" width="{width - 1}" height="{height}" '
                f'fill="{colour}"><title>{said}</title></rect>'
            )
        if place % every == 0 and left + _LABEL <= _WIDTH + width:
            yield f'<text x="{left}" y="{_HEIGHT + 16}" font-size="12">{escape(month)}</text>'


_TITLE: Final = Text("Archivio", "Archive")
_PICTURE: Final = Text("Totali per mese", "Totals by month")
_SCALE: Final = Text("la barra più alta: {amount} euro", "the highest bar: {amount} euro")
_SIDES: Final = {"sent": Text("emesse", "sent"), "received": Text("ricevute", "received")}
