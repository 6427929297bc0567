"""The archive: documents and messages of SdI kept in one SQLite file or in PostgreSQL; see ``archive.Archive``."""
