"""A receipt on paper: one plain page, as PDF."""

from __future__ import annotations

from typing import Any, Final

from ..records import Json

_WIDTH: Final = 46


def drawn(body: Json) -> bytes:
    """The receipt as a PDF of one page, the same bytes every time."""
    lines = list(_lines(body))
    text = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    content = f"BT /F1 9 Tf 12 TL 20 {20 + 12 * len(lines)} Td\n{text}\nET".encode("latin-1", "replace")
    box = f"[0 0 300 {50 + 12 * len(lines)}]"
    return _file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    )


def _lines(body: Json) -> list[str]:
    items = body.get("items")
    return [
        "DOCUMENTO COMMERCIALE",
        str(body.get("document_number") or body["id"]),
        f"P. IVA {body['fiscal_id']}",
        *(_row(item) for item in (items if isinstance(items, list) else ())),
        f"TOTALE EUR {_shown(body.get('total_amount'))}",
        f"{body['type']} / {body['status']}",
    ]


def _row(item: Any) -> str:
    amount = _shown(item.get("total_amount", item.get("unit_price")))
    name = f"{_shown(item.get('quantity'))} x {item.get('description', '')}"
    return f"{name[: _WIDTH - len(amount) - 1]:<{_WIDTH - len(amount)}}{amount}"


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("\n", " ").replace("\r", " ")


def _file(*objects: bytes) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return made + head + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
