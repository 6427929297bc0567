"""The tables of an archive, written once for SQLite and PostgreSQL; ``DIALECTS`` has every difference.

Identities are SHA-256: of bytes as received (``blobs``) and of the XML inside them (``documents``, ``messages``).
Amounts are decimal texts, the summaries and withholdings of an invoice JSON lists of them; days and moments are ISO
texts, moments in UTC; flags are 0 and 1.
"""

from __future__ import annotations

from typing import Final, NamedTuple

VERSION: Final = "1"


class Dialect(NamedTuple):
    """What differs. words: the table of the full text, its insertion and its condition; joined: texts as one, with
    spaces; lower: a text in small letters, also those with accents, which the database's own LOWER leaves alone."""

    blob: str
    key: str
    text: str
    end: str
    words: tuple[str, ...]
    add_words: str
    match: str
    joined: str
    lower: str


SQLITE: Final = Dialect(
    blob="BLOB",
    key="INTEGER",
    text="TEXT",
    end=" STRICT",
    words=(
        """CREATE VIRTUAL TABLE IF NOT EXISTS words
        USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')""",
    ),
    add_words="INSERT INTO words (rowid, text) VALUES (:document, :text)",
    match="d.id IN (SELECT rowid FROM words WHERE words MATCH :{name})",
    joined="GROUP_CONCAT({what}, ' ')",
    lower="SMALL({what})",  # of our own, see sqlite.py
)
POSTGRES: Final = Dialect(
    blob="BYTEA",
    key="BIGINT",
    text='TEXT COLLATE "C"',  # compared by bytes, as SQLite does
    end="",
    words=(
        "CREATE TABLE IF NOT EXISTS words (document BIGINT PRIMARY KEY, text tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS words_text ON words USING gin (text)",
    ),
    add_words="INSERT INTO words (document, text) VALUES (:document, to_tsvector('simple', CAST(:text AS TEXT)))",
    match="d.id IN (SELECT document FROM words WHERE text @@ to_tsquery('simple', :{name}))",
    joined="STRING_AGG({what}, ' ')",
    lower='LOWER({what} COLLATE "default")',
)

_TABLES: Final = (
    "meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "blobs (id {key} PRIMARY KEY, sha256 {blob} NOT NULL UNIQUE, size {key} NOT NULL, data {blob} NOT NULL)",
    """documents (id {key} PRIMARY KEY, content {blob} NOT NULL UNIQUE, blob {key} NOT NULL REFERENCES blobs (id),
        name TEXT NOT NULL, kind TEXT NOT NULL, signed {key} NOT NULL, created_at TEXT NOT NULL, sdi_id TEXT,
        seller_name TEXT NOT NULL, seller_country TEXT NOT NULL, seller_code TEXT NOT NULL, seller_tax TEXT NOT NULL,
        buyer_name TEXT NOT NULL, buyer_country TEXT NOT NULL, buyer_code TEXT NOT NULL, buyer_tax TEXT NOT NULL,
        destination TEXT NOT NULL, issuer TEXT NOT NULL)""",
    """invoices (document {key} NOT NULL REFERENCES documents (id), position {key} NOT NULL, type TEXT NOT NULL,
        number TEXT NOT NULL, day TEXT NOT NULL, currency TEXT NOT NULL, total TEXT, stamp {key} NOT NULL,
        stamp_amount TEXT, art73 {key} NOT NULL, vat TEXT NOT NULL, withheld TEXT NOT NULL,
        PRIMARY KEY (document, position))""",
    """sides (document {key} NOT NULL REFERENCES documents (id), company TEXT NOT NULL, direction TEXT NOT NULL,
        reason TEXT NOT NULL, state TEXT NOT NULL, definitive {key} NOT NULL, since TEXT NOT NULL, due TEXT,
        downloaded_at TEXT, read_at TEXT, dismissed_at TEXT, PRIMARY KEY (document, company, direction))""",
    """messages (id {key} PRIMARY KEY, content {blob} NOT NULL UNIQUE, blob {key} NOT NULL REFERENCES blobs (id),
        name TEXT NOT NULL, kind TEXT NOT NULL, audience TEXT NOT NULL, created_at TEXT NOT NULL, sdi_id TEXT NOT NULL,
        file_name TEXT NOT NULL, stem TEXT NOT NULL, hash {blob}, moment TEXT NOT NULL, answer TEXT NOT NULL,
        number TEXT NOT NULL, year TEXT NOT NULL, position TEXT NOT NULL,
        document {key} REFERENCES documents (id), how TEXT NOT NULL)""",
    """files (blob {key} NOT NULL REFERENCES blobs (id), name TEXT NOT NULL, stem TEXT NOT NULL, source TEXT NOT NULL,
        added_at TEXT NOT NULL, document {key} REFERENCES documents (id), message {key} REFERENCES messages (id),
        PRIMARY KEY (blob, name))""",
    """stated (document {key} NOT NULL REFERENCES documents (id), direction TEXT NOT NULL, state TEXT NOT NULL,
        moment TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (document, direction, state, moment))""",
    "companies (vat TEXT PRIMARY KEY, tax_codes TEXT NOT NULL, added_at TEXT NOT NULL)",
    """drafts (uuid TEXT PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, state TEXT NOT NULL,
        data {blob} NOT NULL, name TEXT NOT NULL, document {key} REFERENCES documents (id))""",
    """preserved (document {key} PRIMARY KEY REFERENCES documents (id), uuid TEXT NOT NULL, created_at TEXT NOT NULL,
        status TEXT NOT NULL, receipt_received_at TEXT, object_type TEXT NOT NULL, message TEXT NOT NULL,
        preserved_object_id TEXT NOT NULL, weight {key} NOT NULL)""",
    """remote_documents (place TEXT NOT NULL, uuid TEXT NOT NULL, document {key} NOT NULL, marking TEXT NOT NULL,
        PRIMARY KEY (place, uuid))""",
    """remote_events (place TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        state TEXT NOT NULL, at TEXT NOT NULL, data TEXT NOT NULL, stored_at TEXT NOT NULL, done {key} NOT NULL,
        PRIMARY KEY (place, id))""",
)
_INDEXES: Final = (
    "documents (seller_code)",
    "documents (buyer_code)",
    "documents (seller_tax)",
    "documents (buyer_tax)",
    "documents (sdi_id) WHERE sdi_id IS NOT NULL",
    "invoices (number)",
    "invoices (day)",
    "sides (direction, document)",
    "sides (state, document)",
    "messages (sdi_id)",
    "messages (stem)",
    "messages (hash)",
    "messages (document)",
    "files (stem)",
    "files (document)",
    "remote_documents (document)",
    "remote_events (place, subject)",
)


def statements(dialect: Dialect) -> list[str]:
    """Everything that makes an empty archive; harmless on one that is there."""
    made = [f"CREATE TABLE IF NOT EXISTS {_filled(table, dialect)}{dialect.end}" for table in _TABLES]
    return [*made, *(f"CREATE INDEX IF NOT EXISTS {_name(index)} ON {index}" for index in _INDEXES), *dialect.words]


def _filled(table: str, dialect: Dialect) -> str:
    return table.replace(" TEXT", f" {dialect.text}").replace("{key}", dialect.key).replace("{blob}", dialect.blob)


def _name(index: str) -> str:
    """The name of an index: ``documents_sdi_id``."""
    return index.partition(")")[0].replace(" (", "_").replace(", ", "_")
