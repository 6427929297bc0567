"""Why an archive or a message cannot be used as a whole, in words."""

from typing import Final

from ..texts import Text

WHY: Final = {
    "empty": Text("non contiene documenti", "it holds no documents"),
    "broken": Text("non è un archivio ZIP integro", "it is not a whole ZIP archive"),
    "encrypted": Text("è protetto da password", "it is protected by a password"),
    "limits": Text("contiene troppi file o troppi dati", "it holds too many files or too much data"),
    "nesting": Text("ci sono troppi archivi uno dentro l'altro", "too many archives are nested in one another"),
}
"""By the reason of ``zipfiles.BadArchive``; the words of control 00106."""
