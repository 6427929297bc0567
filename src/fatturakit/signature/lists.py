"""National trusted lists (ETSI TS 119 612): the qualified authorities in one, read by pyHanko, its signature by us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ..errors import InputError
from ..texts import Text
from ..xmlio import parse
from .store import SIGNATURES, TIME_STAMPS, Service
from .verdict import Integrity

if TYPE_CHECKING:
    from pyhanko.sign.validation.qualified.tsp import BaseServiceInformation, TSPRegistry
    from pyhanko_certvalidator.authority import Authority

_TSL: Final = "{http://uri.etsi.org/02231/v2#}"


def services(data: bytes, name: str) -> Iterator[Service]:
    """The authorities for signatures in a list on disk.

    ``InputError`` when the signature of the list does not hold: whose it is the user knows, who gave us the file.
    """
    from . import xades

    found = [*xades.signers(data, 1)]
    if not found or any(row.integrity is not Integrity.INTACT for row in found):
        raise InputError(_NOT_SIGNED, name=name)
    from pyhanko.sign.validation.qualified.eutl_parse import trust_list_to_registry_unsafe

    try:
        registry, _ = trust_list_to_registry_unsafe(text(data))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(_NOT_A_LIST, name=name, reason=str(error)) from error
    yield from of_registry(registry, territory(data))


def of_registry(registry: TSPRegistry, country: str) -> Iterator[Service]:
    """Every period in which an authority was recognised, for signatures or for time stamps, in a fixed order."""
    rows = {
        Service(bytes(each.dump()), about.service_name, *_period(about), country, purpose)
        for authority in (*registry.known_certificate_authorities, *registry.known_timestamp_authorities)
        for about, purpose in _recognised(registry, authority)
        for each in about.provider_certs
    }
    yield from sorted(rows, key=lambda row: (row.name, row.certificate, row.purpose, str(row.valid_from)))


def _recognised(registry: TSPRegistry, authority: Authority) -> Iterator[tuple[BaseServiceInformation, str]]:
    """What an authority was recognised for; certificates of web sites are no matter here."""
    from pyhanko.sign.validation.qualified.tsp import CAServiceInformation, QcCertType, QTSTServiceInformation

    for service in registry.applicable_service_definitions(authority, None):
        wanted = service.base_info.additional_info_certificate_type
        web_only = wanted and not wanted & {QcCertType.QC_ESIGN, QcCertType.QC_ESEAL}
        if isinstance(service, CAServiceInformation) and not web_only:
            yield service.base_info, SIGNATURES
        elif isinstance(service, QTSTServiceInformation):
            yield service.base_info, TIME_STAMPS


def _period(about: BaseServiceInformation) -> tuple[datetime | None, datetime | None]:
    return _aware(about.valid_from), _aware(about.valid_until)


def text(data: bytes) -> str:
    """The list as the text pyHanko takes: without its declaration, which would contradict it."""
    from ..xmlio import serialise

    return serialise(parse(data)).decode("utf-8")


def territory(data: bytes) -> str:
    """The two letters of the country a list is for, "" when it does not say."""
    return (parse(data).findtext(f"{_TSL}SchemeInformation/{_TSL}SchemeTerritory") or "").strip()


def dates(data: bytes) -> tuple[datetime | None, datetime | None]:
    """When a list was issued and when the next issue is due."""
    about = parse(data).find(f"{_TSL}SchemeInformation")
    if about is None:
        return None, None
    stated = (about.findtext(f"{_TSL}ListIssueDateTime"), about.findtext(f"{_TSL}NextUpdate/{_TSL}dateTime"))
    issued, following = (_date(value) for value in stated)
    return issued, following


def _date(value: str | None) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat((value or "").strip()))
    except ValueError:
        return None


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


_NOT_SIGNED: Final = Text(
    "La lista di fiducia «{name}» non è firmata, o la sua firma non è valida: non viene usata.",
    "The trusted list “{name}” is not signed, or its signature is not valid: it is not used.",
)
_NOT_A_LIST: Final = Text(
    "«{name}» non è una lista di fiducia ETSI TS 119 612: {reason}.",
    "“{name}” is not a trusted list (ETSI TS 119 612): {reason}.",
)
