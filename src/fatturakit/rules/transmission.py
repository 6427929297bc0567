"""What the controls on a file as a whole look at: its name, size and channel, beside the document itself."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..findings import Severity

CHANNELS: Final = {
    "web": 5 * 1024 * 1024,
    "sdicoop": 5 * 1024 * 1024,
    "pec": 30 * 1024 * 1024,
    "sftp": 150 * 1024 * 1024,
}
"""Channels of transmission and the most bytes each takes in one object (a ZIP archive; an invoice is 5 MB anywhere)."""


class Transmission(NamedTuple):
    """A file as it would travel: base name ("" when unknown), size in bytes, kind of document, signed or not."""

    name: str
    size: int
    kind: str
    signed: bool = False
    archive: bool = False
    preflight: bool = False
    channel: str = "sdicoop"

    @property
    def severity(self) -> Severity:
        """An error before sending; a warning on a received or working copy, which may have any name."""
        return Severity.ERROR if self.preflight else Severity.WARNING
