"""What is about to be sent, judged here first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..convert.reading import from_json
from ..document import Document
from ..limits import Limits

_SERVICE_NUMBER: Final = "10442360961"


def judged(given: Document | dict[str, Any], limits: Limits) -> None:
    """``FindingsError`` when SdI would reject it; what the service fills in is not missed."""
    from ..batch.judge import validate

    document = from_json(completed(given)) if isinstance(given, dict) else given
    validate(document.data, name=document.name, limits=limits).raise_for_findings()


def receipt(data: Any) -> None:
    """``FindingsError`` when a receipt would be refused."""
    from ..receipts import validate

    validate(data).raise_for_findings()


def completed(data: Mapping[str, Any], progressive: str = "00001") -> dict[str, Any]:
    """The data with what the service itself writes about the transmission, where it is absent.

    >>> completed({"fattura_elettronica_header": {"dati_trasmissione": {"codice_destinatario": "ABCDEF"}}})[
    ...     "fattura_elettronica_header"]["dati_trasmissione"]["formato_trasmissione"]
    'FPA12'
    """
    header = data.get("fattura_elettronica_header")
    sending = header.get("dati_trasmissione") if isinstance(header, dict) else None
    if not isinstance(header, dict) or not isinstance(sending, dict):
        return dict(data)
    office = len(str(sending.get("codice_destinatario") or "")) == 6  # of a public administration
    filled = {
        "id_trasmittente": {"id_paese": "IT", "id_codice": _SERVICE_NUMBER},
        "progressivo_invio": progressive,
        "formato_trasmissione": "FPA12" if office else "FPR12",
    }
    stated = {name: value for name, value in sending.items() if value is not None}
    return {**data, "fattura_elettronica_header": {**header, "dati_trasmissione": filled | stated}}
