"""The last step of a PDF: its objects as bytes, each made once.

WeasyPrint's own way makes every object twice when a file has an identifier, compressing every page again, and asks of
every number what it is in turn. The file is the same: object streams, a cross-reference stream, the two identifiers.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Final

import pydyf

_HEAD: Final = b"%%PDF-%s\n%%\xf0\x9f\x96\xa4\n"
_FREE: Final = "f"
_LEVEL: Final = 6


def save(pdf: Any, output: BinaryIO, version: Any, identifier: bytes, compress: bool) -> None:
    """Write ``pdf`` (pydyf's) to ``output``; ``compress`` is always true for pages of ours."""
    stated = version.encode("ascii") if isinstance(version, str) else version or b"1.7"
    if pdf.info:
        pdf.add_object(pdf.info)
    objects = [found for found in pdf.objects if found.free != _FREE]
    digest = hashlib.md5(usedforsecurity=False)
    head = _HEAD % stated
    parts, position, places = [head], len(head), {}
    packed: list[tuple[int, bytes]] = []
    for found in objects:
        data = as_bytes(found)
        digest.update(data)
        if found.compressible:
            packed.append((found.number, data))
            continue
        whole = b"%d 0 obj\n%s\nendobj\n" % (found.number, data)
        places[found.number] = position
        parts.append(whole)
        position += len(whole)
    number = len(pdf.objects)
    stream = _object_stream(number, packed)
    places[number] = position
    parts.append(stream)
    position += len(stream)
    places[number + 1] = position
    names = b"[<%s><%s>]" % (identifier.hex().encode(), digest.hexdigest().encode().hex().encode())
    parts.append(_references(number, packed, places, pdf, names))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % position)
    output.write(b"".join(parts))


def _object_stream(number: int, packed: Iterable[tuple[int, bytes]]) -> bytes:
    """Every object that is no stream, in one."""
    index, position, bodies = [], 0, []
    for name, data in packed:
        index.append(b"%d %d" % (name, position))
        bodies.append(data)
        position += len(data) + 1
    head = b" ".join(index)
    extra = b"/Type /ObjStm/N %d/First %d" % (len(bodies), len(head) + 1)
    return _stream(number, b"\n".join([head, *bodies]), extra)


def _references(
    number: int, packed: list[tuple[int, bytes]], places: dict[int, int], pdf: Any, identifiers: bytes
) -> bytes:
    """Where everything is: a cross-reference stream."""
    inside = {name: place for place, (name, _) in enumerate(packed)}
    offset, index = _width(max(places.values())), _width(max(65535, len(packed)))
    rows = bytearray(b"\x00" + bytes(offset) + (65535).to_bytes(index, "big"))
    for name in range(1, number + 2):
        if name in inside:
            rows += b"\x02" + number.to_bytes(offset, "big") + inside[name].to_bytes(index, "big")
        else:
            rows += b"\x01" + places[name].to_bytes(offset, "big") + bytes(index)
    extra = b"/Type /XRef/Index [0 %d]/W [1 %d %d]/Size %d/Root %s" % (
        number + 2,
        offset,
        index,
        number + 2,
        pdf.catalog.reference,
    )
    if pdf.info:
        extra += b"/Info " + pdf.info.reference
    return _stream(number + 1, bytes(rows), extra + b"/ID " + identifiers)


def _width(most: int) -> int:
    return (most.bit_length() + 7) // 8


def _stream(number: int, data: bytes, extra: bytes) -> bytes:
    packed = zlib.compress(data, _LEVEL)
    head = b"%d 0 obj\n<<%s/Filter /FlateDecode/Length %d>>\nstream\n" % (number, extra, len(packed))
    return head + packed + b"\nendstream\nendobj\n"


def as_bytes(item: Any) -> bytes:
    """A value of pydyf as it stands in a file."""
    return _WAYS.get(type(item), _other)(item)


def _other(item: Any) -> bytes:
    """What is of a kind of its own: WeasyPrint's streams of pages, names that are numbers of another type."""
    if isinstance(item, pydyf.Stream):
        return _content(item)
    return bytes(item.data) if isinstance(item, pydyf.Object) else str(item).encode("ascii")


def _dictionary(item: dict[Any, Any]) -> bytes:
    pairs = [b"/%s %s" % (as_bytes(key), as_bytes(value)) for key, value in item.items()]
    return b"<<%s>>" % b"".join(pairs)


def _array(item: Iterable[Any]) -> bytes:
    return b"[%s]" % b" ".join(map(as_bytes, item))


def _content(item: Any) -> bytes:
    data = b"\n".join(map(as_bytes, item.stream))
    extra = dict(item.extra)
    if item.compress:
        extra["Filter"] = "/FlateDecode"
        data = zlib.compress(data, _LEVEL)
    extra["Length"] = len(data)
    return b"%s\nstream\n%s\nendstream" % (_dictionary(extra), data)


def _real(value: float) -> bytes:
    if value.is_integer():
        return b"%d" % int(value)
    return (b"%f" % value).rstrip(b"0")


def _whole(value: int) -> bytes:
    return b"%d" % value


def _same(item: bytes) -> bytes:
    return item


_WAYS: Final[dict[type, Callable[[Any], bytes]]] = {
    bytes: _same,
    str: str.encode,
    int: _whole,
    float: _real,
    pydyf.Dictionary: _dictionary,
    pydyf.Array: _array,
}
