"""An audit file on one screen, as JSON, or as a page with a chart."""

from __future__ import annotations

import html
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ..money import quantise
from ..saft.inspecting import Summary
from ..texts import Language, Text
from ._encode import encode
from ._visible import Screen, visible

FORMATS: Final = ("text", "json", "html")
_WORDS: Final = {
    "company": Text("Azienda", "Company", "Empresa"),
    "period": Text("Periodo", "Period", "Período"),
    "program": Text("Programma", "Program", "Programa"),
    "masters": Text("Anagrafiche", "Master data", "Tabelas"),
    "section": Text("Sezione", "Section", "Secção"),
    "documents": Text("documenti", "documents", "documentos"),
    "uncounted": Text("esclusi", "excluded", "excluídos"),
    "debit": Text("dare", "debit", "débito"),
    "credit": Text("avere", "credit", "crédito"),
    "tax": Text("Imposta (vendite)", "Tax (sales)", "Imposto (vendas)"),
    "base": Text("imponibile", "base", "base"),
    "amount": Text("imposta", "tax", "imposto"),
    "months": Text("Vendite nette per mese", "Net sales by month", "Vendas líquidas por mês"),
    "customers": Text("Clienti principali", "Best customers", "Principais clientes"),
    "net": Text("netto", "net", "líquido"),
    "made": Text(
        "Prodotto sul proprio computer da fatturakit; nessun dato è stato trasmesso.",
        "Made on this computer by fatturakit; no data was sent anywhere.",
        "Produzido neste computador por fatturakit; nenhum dado foi transmitido.",
    ),
}
Table = tuple[list[str], list[list[str]]]


def render(summary: Summary, name: str, lang: Language, *, ascii_only: bool = False) -> str:
    """The summary in one of ``FORMATS``."""
    if name == "json":
        return encode(to_dict(summary)) + "\n"
    if name == "html":
        return _page(summary, lang)
    screen = Screen(ascii_only)
    return "".join(f"{screen.words(line)}\n" for line in _lines(summary, lang))


def to_dict(summary: Summary) -> dict[str, object]:
    """The summary as JSON shows it; amounts are texts."""
    return {
        "schema": "fatturakit/saft-inspect@1",
        "path": summary.path,
        "kind": summary.kind,
        "version": summary.version,
        "header": summary.header,
        "masters": summary.masters,
        "sections": [
            {**part._asdict(), "debit": f"{part.debit:f}", "credit": f"{part.credit:f}"} for part in summary.parts
        ],
        "taxes": [{**tax._asdict(), "base": f"{tax.base:f}", "tax": f"{tax.tax:f}"} for tax in summary.taxes],
        "months": [{"month": month, "net": f"{net:f}"} for month, net in summary.months],
        "customers": [{"id": key, "name": name, "net": f"{net:f}"} for key, name, net in summary.customers],
    }


def _money(value: Decimal, lang: Language) -> str:
    text = f"{quantise(value):,.2f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def _said(name: str, lang: Language) -> str:
    return _WORDS[name].say(lang)


def _facts(summary: Summary, lang: Language) -> list[tuple[str, str]]:
    header = summary.header
    company = f"{header.get('CompanyName', '')} ({header.get('TaxRegistrationNumber', '')})"
    period = f"{header.get('StartDate', '')} – {header.get('EndDate', '')}"
    program = f"{header.get('ProductID', '')} · {header.get('SoftwareCertificateNumber', '')}".strip(" ·")
    masters = ", ".join(f"{name} {count}" for name, count in summary.masters.items())
    named = (("company", company), ("period", period), ("program", program), ("masters", masters))
    return [(_said(name, lang), visible(value)) for name, value in named if value]


def _tables(summary: Summary, lang: Language) -> Iterator[tuple[str, Table]]:
    heads = [_said(name, lang) for name in ("documents", "uncounted", "debit", "credit")]
    parts = [
        [part.name, str(part.documents), str(part.uncounted), _money(part.debit, lang), _money(part.credit, lang)]
        for part in summary.parts
    ]
    yield _said("section", lang), (heads, parts)
    taxes = [
        [
            visible(" ".join(filter(None, (tax.type, tax.region, tax.code, tax.rate and f"{tax.rate}%")))),
            _money(tax.base, lang),
            _money(tax.tax, lang),
        ]
        for tax in summary.taxes
    ]
    yield _said("tax", lang), ([_said("base", lang), _said("amount", lang)], taxes)
    months = [[month, _money(net, lang)] for month, net in summary.months]
    yield _said("months", lang), ([_said("net", lang)], months)
    best = [[visible(f"{name or '?'} ({key})"), _money(net, lang)] for key, name, net in summary.customers]
    yield _said("customers", lang), ([_said("net", lang)], best)


def _lines(summary: Summary, lang: Language) -> Iterator[str]:
    yield f"{visible(summary.path)}  SAF-T {summary.kind[5:]} {summary.version}"
    facts = _facts(summary, lang)
    wide = max(len(name) for name, _ in facts)
    yield from (f"  {name:<{wide}}  {value}" for name, value in facts)
    for title, (heads, rows) in _tables(summary, lang):
        if rows:
            yield ""
            yield from _aligned([[title, *heads], *rows])


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for first, *rest in rows:
        cells = (f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))
        yield f"  {first:<{widths[0]}}  " + "  ".join(cells)


def _page(summary: Summary, lang: Language) -> str:
    title = html.escape(visible(summary.header.get("CompanyName") or summary.path))
    facts = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in _facts(summary, lang)
    )
    tables = "".join(_table(name, table) for name, table in _tables(summary, lang) if table[1])
    return _PAGE.format(
        lang=lang,
        title=title,
        kind=html.escape(f"SAF-T {summary.kind[5:]} {summary.version}"),
        facts=facts,
        chart=_chart(summary, lang),
        tables=tables,
        made=html.escape(_said("made", lang)),
    )


def _table(title: str, table: Table) -> str:
    heads = "".join(f"<th>{html.escape(cell)}</th>" for cell in (title, *table[0]))
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table[1])
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


_WIDE: Final = 640
_TALL: Final = 180


def _chart(summary: Summary, lang: Language) -> str:
    """Net sales by month as bars, drawn as SVG; every bar says its value."""
    months = summary.months
    if not months:
        return ""
    most = max(abs(net) for _, net in months) or Decimal(1)
    step = Decimal(_WIDE) / len(months)
    bars = []
    for place, (month, net) in enumerate(months):
        tall = int(abs(net) / most * _TALL)
        left, width = int(step * place) + 2, max(1, int(step) - 4)
        said = html.escape(f"{month}: {_money(net, lang)}")
        kind = "minus" if net < 0 else "plus"
        bars.append(
            f'<g><title>{said}</title><rect class="{kind}" x="{left}" y="{_TALL - tall}" width="{width}" '
            f'height="{tall}"/>'
            f'<text x="{left + width // 2}" y="{_TALL + 14}">{html.escape(month[2:])}</text></g>'
        )
    name = html.escape(_said("months", lang))
    return (
        f'<figure><figcaption>{name}</figcaption><svg role="img" aria-label="{name}" '
        f'viewBox="0 0 {_WIDE} {_TALL + 20}">{"".join(bars)}</svg></figure>'
    )


_PAGE: Final = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2733}}
dl{{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}}dt{{color:#5b6875}}dd{{margin:0}}
table{{border-collapse:collapse;width:100%;margin:1.5rem 0}}th,td{{padding:.3rem .5rem;text-align:right;
border-bottom:1px solid #dfe4e8}}th:first-child,td:first-child{{text-align:left}}figure{{margin:1.5rem 0}}
svg{{width:100%;height:auto}}svg text{{font-size:10px;text-anchor:middle;fill:#5b6875}}.plus{{fill:#2f6f9f}}
.minus{{fill:#b0473a}}footer{{color:#5b6875;font-size:.85rem}}</style></head>
<body><h1>{title}</h1><p>{kind}</p><dl>{facts}</dl>{chart}{tables}<footer>{made}</footer></body></html>
"""
