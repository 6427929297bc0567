"""An input as a document, whatever it is written in, and what one must be warned about before it is shown."""

from __future__ import annotations

from typing import Final

from ..convert.parsing import looks_like_json
from ..document import Document, from_bytes
from ..errors import FatturakitError, InputError
from ..limits import Limits
from ..texts import Text
from .crashes import crash
from .inputs import Input


def opened(item: Input, limits: Limits, dialect: str | None = None) -> Document:
    """The document an input holds, XML (in whatever wrapping) or JSON.

    Raises ``InputError`` or ``ConversionError`` when it holds none. dialect: the one a JSON must be in, None for any.
    """
    if item.archive:
        raise _no_archive(item, limits)
    data = item.read(limits)
    if looks_like_json(data):
        from ..convert.reading import from_json

        document = from_json(data, dialect, limits=limits)
        document.name, document.made_from = item.name, data
        return document
    return from_bytes(data, item.name, layers=item.layers, limits=limits)


def cautions(document: Document) -> tuple[Text, ...]:
    """What the signature of a document makes one careful about, to be said before anything of it."""
    if not document.is_signed:
        return ()
    from ..signature import extra
    from ..signature.warning import warning

    if not extra.available():
        return (_UNVERIFIED,)
    found = warning(document)
    return () if found is None else (found,)


def refuse_audit_file(document: Document) -> None:
    """``InputError`` for an audit file, which is no invoice to draw or convert, naming the verbs made for it."""
    if document.is_audit_file:
        raise InputError(_AUDIT, path=document.name or "saft.xml")


def _no_archive(item: Input, limits: Limits) -> FatturakitError:
    from ..rules.options import Options  # the rules are not for those who only read
    from .run import one

    report = one(item, Options(limits=limits))
    for finding in report.findings[-1:] if report else ():
        return InputError(finding.message, finding, **finding.args)
    return crash("archive")


_AUDIT: Final = Text(
    "è un file di audit SAF-T, non una fattura. Per guardarlo: fatturakit saft inspect {path} (anche --format html); "
    "in tabelle: fatturakit saft convert {path} -o CARTELLA/; per controllarlo: fatturakit saft validate {path}.",
    "this is a SAF-T audit file, not an invoice. To look at it: fatturakit saft inspect {path} (also --format html); "
    "as tables: fatturakit saft convert {path} -o FOLDER/; to check it: fatturakit saft validate {path}.",
    "é um ficheiro SAF-T, não uma fatura. Para o ver: fatturakit saft inspect {path} (também --format html); em "
    "tabelas: fatturakit saft convert {path} -o PASTA/; para o verificar: fatturakit saft validate {path}.",
)
_UNVERIFIED: Final = Text(
    "Il documento è firmato, ma la firma non è stata verificata: serve l'extra «sign».",
    "The document is signed, but the signature was not verified: that needs the extra “sign”.",
)
