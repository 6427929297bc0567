"""Taking the document out of an envelope, beside asn1crypto's own decoding, the bare base64 decoder and a38.

The envelope is the small signed one of fixtures/, real certificate and all; the large ones put five megabytes into it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import cases
import clock
from clock import Call, Effort

from fatturakit.envelope.unwrap import unwrap

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "signed" / "IT07654320071_00001.xml.p7m"
LARGE, LARGE_QUICK, CHUNK = 5_000_000, 50_000, 4096
_OID_SIGNED = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_OID_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"


def table(*, quick: bool) -> tuple[cases.Case, ...]:
    """The rows of this group."""
    size = LARGE_QUICK if quick else LARGE
    large, pieces = partial(_der, size), partial(_ber, size)
    reference, bare, peer = ("asn1crypto", _asn1crypto), ("b64decode, then asn1crypto", _base64), ("a38", _a38)
    return (
        _row("small DER", _small, reference, cases.at_most(1.2)),
        _row("small DER", _small, peer, cases.Limit()),
        _row("5 MB DER", large, reference, cases.at_most(0.5)),
        _row("5 MB DER", large, peer, cases.Limit()),
        _row("5 MB BER in 4 KB pieces", pieces, reference, cases.at_most(0.3)),
        _row("5 MB BER in 4 KB pieces", pieces, peer, cases.Limit()),
        _row("small DER in base64", lambda: base64.encodebytes(_small()), bare, cases.at_most(1.3)),
        _row("5 MB DER in base64", lambda: base64.encodebytes(large()), bare, cases.at_most(1.3)),
        _row("5 MB DER in base64, one line", lambda: base64.b64encode(large()), peer, cases.Limit()),
    )


Peer = tuple[str, Callable[[bytes], Call | None]]


def _row(name: str, source: Callable[[], bytes], peer: Peer, limit: cases.Limit) -> cases.Case:
    return cases.Case("unwrap", name, peer[0], limit, partial(_measure, source, peer[1], limit))


def _measure(
    source: Callable[[], bytes], peer: Callable[[bytes], Call | None], limit: cases.Limit, effort: Effort
) -> cases.Result:
    data = source()
    theirs = peer(data)
    if theirs is None:
        return cases.Result(None, note="not installed, or it cannot open this file")
    note = "" if theirs() == unwrap(data).content else "the peer gives other bytes"
    return cases.compared(clock.pair(partial(unwrap, data), theirs, effort), limit, note)


@cache
def _small() -> bytes:
    return base64.b64decode(FIXTURE.read_bytes())


def _payload(size: int) -> bytes:
    return b"<a>" + b"x" * (size - 7) + b"</a>"


@cache
def _der(size: int) -> bytes:
    return _envelope(_element, _element(0x04, _payload(size)))


@cache
def _ber(size: int) -> bytes:
    payload = _payload(size)
    pieces = b"".join(_element(0x04, payload[at : at + CHUNK]) for at in range(0, size, CHUNK))
    return _envelope(_endless, _endless(0x24, pieces))


def _envelope(make: Callable[[int, bytes], bytes], string: bytes) -> bytes:
    """The fixture's envelope around another content (its signature no longer fits, which unwrapping does not ask)."""
    from asn1crypto.cms import ContentInfo

    signed = ContentInfo.load(_small())["content"]
    before = signed["version"].dump() + signed["digest_algorithms"].dump()
    after = signed["certificates"].dump() + signed["signer_infos"].dump()
    body = before + make(0x30, _OID_DATA + make(0xA0, string)) + after
    return make(0x30, _OID_SIGNED + make(0xA0, make(0x30, body)))


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x80 | len(length)]) + length) + content


def _endless(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x80]) + content + b"\x00\x00"


def _asn1crypto(data: bytes) -> Call:
    from asn1crypto.cms import ContentInfo

    return lambda: ContentInfo.load(data)["content"]["encap_content_info"]["content"].native


def _base64(data: bytes) -> Call:
    from asn1crypto.cms import ContentInfo

    return lambda: ContentInfo.load(base64.b64decode(data))["content"]["encap_content_info"]["content"].native


def _a38(data: bytes) -> Call | None:
    try:
        from a38.crypto import P7M
    except ImportError:
        return None

    def run() -> bytes:
        return bytes(P7M(data).get_payload())

    try:
        run()
    except Exception:  # it opens a part of what there is
        return None
    return run
