"""Every limit, in one place: named, documented, overridable.

Hostile input is normal. A limit that is passed gives a clear error and nothing is read further.
Pass another ``Limits`` to the reading functions, or set ``FATTURAKIT_LIMIT_<NAME>`` for the command line.
"""

import os
from collections.abc import Mapping
from typing import NamedTuple

from .errors import UsageError
from .texts import Text

MIB = 1024 * 1024
THEME_SECONDS = 60
"""Seconds in which somebody else's theme draws a page; large documents get more."""
THEME_BYTES = 1_500_000_000
"""Memory that it may take meanwhile."""
THEME_TEXT = 10_000_000
"""Characters of a text that one step of its templates may make."""


class Limits(NamedTuple):
    """Bytes, levels and counts beyond which an input is refused (defaults are far above any real invoice)."""

    document_bytes: int = 50 * MIB
    """One document in memory. SdI takes 5 MB; archives hold larger ones."""
    depth: int = 256
    """Nesting of XML elements. The deepest invoice has 9 levels; libxml2 itself stops at 256."""
    attributes: int = 256
    """Attributes of one element: the canonical form of XML takes the square of their number."""
    namespaces: int = 64
    """Namespaces in force at one element: the canonical form takes the square of their number, for every element."""
    zip_members: int = 100_000
    """Entries in one ZIP archive."""
    zip_ratio: int = 200
    """Uncompressed to compressed size of a ZIP member, or of an answer, above 1 MiB (deflate's own limit is 1032)."""
    zip_bytes: int = 20 * 1024 * MIB
    """Uncompressed total of one ZIP archive; members are read one at a time."""
    zip_nesting: int = 4
    """ZIP inside ZIP inside ZIP."""
    wrappings: int = 24
    """Wrappings around one document: base64 in base64, envelope in envelope."""
    unwrapped_bytes: int = 200 * MIB
    """Everything that comes out while one document is unwrapped, all its wrappings together."""
    mail_depth: int = 12
    """Parts of an e-mail inside parts."""
    mail_parts: int = 2_000
    """Parts of one e-mail."""
    attachment_bytes: int = 50 * MIB
    """Everything in one compressed attachment."""
    attachment_files: int = 1_000
    """Files in one compressed attachment."""
    format_errors: int = 50
    """Schema violations listed before SdI's 00201 stops the checking."""
    list_bytes: int = 64 * MIB
    """Size of a ``@list.txt`` file."""
    answer_bytes: int = 64 * MIB
    """One answer of a remote service that is kept in memory; what is saved to disk may be larger."""
    saved_bytes: int = 64 * 1024 * MIB
    """One answer of a remote service that is saved to disk."""
    saft_bytes: int = 64 * 1024 * MIB
    """One audit file, unpacked; it is streamed, never held in memory."""
    saft_findings: int = 100
    """Findings of one code listed for an audit file; the rest is counted."""
    saft_format_errors: int = 200
    """Schema violations of an audit file put into words."""
    saft_keys: int = 500_000
    """Keys of one kind (customers, products …) held in memory before they go to a temporary file."""


DEFAULT = Limits()
_PREFIX = "FATTURAKIT_LIMIT_"


def from_environment(environ: Mapping[str, str] | None = None) -> Limits:
    """The defaults with every ``FATTURAKIT_LIMIT_<NAME>`` put over them; ``UsageError`` when one is not a number."""
    environ = os.environ if environ is None else environ
    known = set(Limits._fields)
    given = {name[len(_PREFIX) :].lower(): value for name, value in environ.items() if name.startswith(_PREFIX)}
    for name, value in given.items():
        if name not in known or not value.isascii() or not value.isdigit():
            raise UsageError(_BAD, name=_PREFIX + name.upper(), value=value, known=", ".join(sorted(known)))
    return Limits(**{name: int(value) for name, value in given.items()})


_BAD = Text(
    "{name}={value}: serve un numero intero e il nome di un limite ({known}).",
    "{name}={value}: needs a whole number and the name of a limit ({known}).",
)
