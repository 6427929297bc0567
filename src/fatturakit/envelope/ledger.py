"""The repairs reading makes: code, what was found and done, what SdI would say. The one table of them.

A repair never changes the received bytes: it changes how they are read, and stands in the report with its place.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ..findings import Finding, Layer, Repair, Severity
from ..texts import Text


class Row(NamedTuple):
    """One kind of repair. sdi: the code SdI would refuse the file with, "" when it accepts it or the schema says it."""

    message: Text
    sdi: str
    fix: Text


def repair(code: str, offset: int | None, **args: str) -> Repair:
    """An entry of the ledger; offset: byte in the received XML."""
    return Repair(code, REPAIRS[code].message, offset, args)


def finding(entry: Repair, data: bytes) -> Finding | None:
    """What SdI would refuse about something that was mended, None when it accepts it; ``data``: the received XML."""
    row = REPAIRS.get(entry.code)
    if row is None or not row.sdi:
        return None
    line = None if entry.offset is None else data.count(b"\n", 0, entry.offset) + 1
    layer = Layer.XML if row.sdi == "00200" else Layer.SIGNATURE
    args = dict(entry.args)
    return Finding(
        code=row.sdi, severity=Severity.ERROR, layer=layer, message=row.message, fix=row.fix, line=line, args=args
    )


_ENCODING: Final = Text(
    "Salva il file nella codifica che dichiara (di norma UTF-8).",
    "Save the file in the encoding it declares (normally UTF-8).",
)
_NAMESPACE: Final = Text(
    "Chi produce il file deve correggere il namespace.", "Whoever produces the file must mend the namespace."
)
_START: Final = Text(
    "La dichiarazione <?xml …?> deve essere la prima cosa nel file.",
    "The declaration <?xml …?> must be the first thing in the file.",
)
REPAIRS: Final = {
    "R01": Row(
        Text(
            "Il file comincia con {count} marche di ordine dei byte (BOM): se ne ammette una, le altre sono ignorate.",
            "The file begins with {count} byte order marks (BOM): one is allowed, the others are ignored.",
        ),
        "00200",
        _START,
    ),
    "R02": Row(
        Text(
            "Byte di troppo prima della dichiarazione XML: {count}, ignorati nella lettura.",
            "Bytes before the XML declaration: {count}, ignored in reading.",
        ),
        "00200",
        _START,
    ),
    "R03": Row(
        Text(
            "Ci sono byte che non sono {declared}, la codifica del file: letti come windows-1252.",
            "Some bytes are not {declared}, the file's encoding: they were read as windows-1252.",
        ),
        "00200",
        _ENCODING,
    ),
    "R04": Row(
        Text(
            "Il file dichiara {declared} ma è scritto in UTF-8: letto come UTF-8.",
            "The file declares {declared} but is written in UTF-8: read as UTF-8.",
        ),
        "",
        _ENCODING,
    ),
    "R05": Row(
        Text(
            "La codifica dichiarata, «{declared}», non esiste o non è quella del file: letto come {found}.",
            "The declared encoding, “{declared}”, does not exist or is not that of the file: read as {found}.",
        ),
        "00200",
        _ENCODING,
    ),
    "R06": Row(
        Text(
            "Caratteri di controllo vietati in XML ({count}): ignorati.",
            "Control characters that XML forbids ({count}): ignored.",
        ),
        "00200",
        Text(
            "Cancella i caratteri: di solito arrivano da un copia e incolla.",
            "Delete the characters: they usually come from a copy and paste.",
        ),
    ),
    "R07": Row(
        Text(
            "Un namespace contiene virgolette o spazi di troppo («{found}»): letto senza.",
            "A namespace has stray quotes or blanks (“{found}”): read without them.",
        ),
        "00200",
        _NAMESPACE,
    ),
    "R08": Row(
        Text(
            "Manca il namespace: letto come se fosse «{expected}».",
            "The namespace is missing: read as if it were “{expected}”.",
        ),
        "",
        _NAMESPACE,
    ),
    "R09": Row(
        Text(
            "Il namespace è «{found}»: letto come se fosse «{expected}».",
            "The namespace is “{found}”: read as if it were “{expected}”.",
        ),
        "",
        _NAMESPACE,
    ),
    "R10": Row(
        Text(
            "Gli elementi interni sono nel namespace «{found}», dove SdI li vuole senza: letti senza.",
            "The inner elements are in the namespace “{found}”, where SdI wants them without: read without.",
        ),
        "00200",
        Text(
            "Togli xmlns=… dalla radice e dai il prefisso p: solo alla radice.",
            "Take xmlns=… off the root and give the prefix p: to the root alone.",
        ),
    ),
    "R11": Row(
        Text(
            "La dichiarazione XML è sbagliata («{found}»): ignorata.",
            "The XML declaration is wrong (“{found}”): ignored.",
        ),
        "00200",
        Text(
            'Comincia il file con <?xml version="1.0" encoding="UTF-8"?>.',
            'Begin the file with <?xml version="1.0" encoding="UTF-8"?>.',
        ),
    ),
    "R13": Row(
        Text(
            "Il file dichiara {declared} ma usa caratteri di windows-1252 (€, virgolette curve): letto così.",
            "The file declares {declared} but uses characters of windows-1252 (€, curly quotes): read so.",
        ),
        "",
        _ENCODING,
    ),
    "R12": Row(
        Text(
            "L'XML è stato recuperato da una busta firmata danneggiata: la firma non è verificabile.",
            "The XML was recovered from a damaged signed envelope: the signature cannot be verified.",
        ),
        "00102",
        Text("Chiedi di nuovo il file a chi lo ha inviato.", "Ask whoever sent the file for it again."),
    ),
}
