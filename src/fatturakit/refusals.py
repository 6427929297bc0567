"""Why the operating system or SQLite refused, in words: their own are English whatever the language."""

import errno
from typing import Final

from .texts import Text


def reason(error: BaseException) -> Text:
    """The end of a sentence that says why; their own words for what is not in the tables.

    >>> reason(IsADirectoryError(errno.EISDIR, "Is a directory")).both
    ('è una cartella', 'it is a folder')
    >>> reason(OSError("{odd}")).say("it")
    '{odd}'
    """
    known = _REASONS.get(getattr(error, "errno", None) or _BARE.get(type(error), 0))
    if known is not None:
        return known
    words = str(getattr(error, "strerror", None) or error or type(error).__name__)
    if words in _WORDS:
        return _WORDS[words]
    literal = words.replace("{", "{{").replace("}", "}}")
    return Text(literal, literal)


_NO_RIGHT: Final = Text("mancano i permessi", "permission is missing", "faltam permissões")
_CROWDED: Final = Text("ci sono troppi file aperti", "too many files are open", "há demasiados ficheiros abertos")
_REASONS: Final[dict[int, Text]] = {
    errno.ENOENT: Text("non esiste", "it does not exist", "não existe"),
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EISDIR: Text("è una cartella", "it is a folder", "é uma pasta"),
    errno.ENOTDIR: Text(
        "nel percorso c'è un file al posto di una cartella", "a file stands where its path has a folder"
    ),
    errno.ELOOP: Text("i collegamenti girano in tondo", "its links go round in a circle"),
    errno.ENAMETOOLONG: Text("il nome è troppo lungo", "the name is too long", "o nome é demasiado longo"),
    errno.EEXIST: Text("esiste già", "it exists already", "já existe"),
    errno.ENOSPC: Text("il disco è pieno", "the disk is full", "o disco está cheio"),
    errno.EROFS: Text("il disco è di sola lettura", "the disk is read-only", "o disco é só de leitura"),
    errno.EBADF: Text("è chiuso", "it is closed"),
    errno.EFBIG: Text("il file diventa troppo grande", "the file becomes too large"),
    errno.EIO: Text("il disco non risponde come deve", "the disk does not answer as it should"),
    errno.EMFILE: _CROWDED,
    errno.ENFILE: _CROWDED,
    errno.EADDRINUSE: Text("è già in uso", "it is in use already"),
}
_BARE: Final[dict[type[BaseException], int]] = {
    FileNotFoundError: errno.ENOENT,
    PermissionError: errno.EACCES,
    FileExistsError: errno.EEXIST,
}
"""What an error means that comes without its number, as those of a storage do."""
_WORDS: Final = {
    "unable to open database file": Text("il file non si può aprire o creare", "the file cannot be opened or made"),
    "file is not a database": Text("il file è di un altro tipo", "the file is of another kind"),
    "database disk image is malformed": Text("il file è danneggiato", "the file is damaged"),
    "database is locked": Text("lo sta usando un altro programma", "another program is using it"),
    "attempt to write a readonly database": Text("è di sola lettura", "it is read-only"),
    "database or disk is full": _REASONS[errno.ENOSPC],
    "disk I/O error": _REASONS[errno.EIO],
    "another program's database": Text("è il database di un altro programma", "it is another program's database"),
}
"""What SQLite says, and we in its place."""
