"""``trust update``: the European list of lists and a national list, fetched and checked. Only this goes online."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import RemoteError, UsageError
from ..texts import Text
from . import lists, store

if TYPE_CHECKING:
    from aiohttp import ClientSession
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation.qualified.eutl_fetch import TLCache

URL_VARIABLE: Final = "FATTURAKIT_LOTL_URL"
CERTIFICATES_VARIABLE: Final = "FATTURAKIT_LOTL_CERTIFICATES"


def update(
    *, territories: Sequence[str] = ("IT",), url: str | None = None, signers: str | os.PathLike[str] | None = None
) -> store.Kept:
    """Fetch the list of lists, then the lists of ``territories``, check every signature, and keep the authorities.

    url: another list of lists; signers: a PEM file with the certificates that may sign it (those known to pyHanko,
    published in the Official Journal, by default). ``RemoteError`` when a list cannot be had, its signature does not
    hold, the list of lists has run out, or a list is older than the one kept; what was kept stays then.
    """
    url = url or os.environ.get(URL_VARIABLE)
    signers = signers or os.environ.get(CERTIFICATES_VARIABLE)
    pinned = _pinned(signers) if signers else None
    kept = asyncio.run(_fetched(tuple(territories), url, pinned))
    _refuse_old(kept, store.load())
    store.save(kept)
    return kept


def _refuse_old(fetched: store.Kept, before: store.Kept | None) -> None:
    """Somebody on the way could hand out old lists, rightly signed, in which an authority is still recognised.

    A national list may run out before its next issue comes; then it is used, and said to be overdue.
    """
    lotl = fetched.sources[0]
    if lotl.next_update is not None and lotl.next_update < fetched.fetched:
        raise RemoteError(_EXPIRED, url=lotl.url, due=lotl.next_update.date())
    known = {(each.territory, each.url): each.issued for each in before.sources} if before else {}
    for each in fetched.sources:
        last = known.get((each.territory, each.url))
        if last is not None and each.issued is not None and each.issued < last:
            raise RemoteError(_OLDER, url=each.url, issued=each.issued.date(), last=last.date())


def _pinned(path: str | os.PathLike[str]) -> list[Certificate]:
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        return list(load_certs_from_pemder_data(Path(path).read_bytes()))
    except (OSError, ValueError) as error:
        raise UsageError(_NO_SIGNERS, name=os.fspath(path), reason=str(error)) from error


async def _fetched(territories: tuple[str, ...], url: str | None, pinned: list[Certificate] | None) -> store.Kept:
    import aiohttp
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.qualified import eutl_fetch

    home = url or eutl_fetch.EU_LOTL_LOCATION
    cache = eutl_fetch.InMemoryTLCache()
    try:
        async with aiohttp.ClientSession(trust_env=True) as client:
            lotl = await eutl_fetch.fetch_lotl(client, cache, home)
            try:
                return await _kept(lotl, client, cache, territories, home, pinned)
            except SignatureValidationError:
                if pinned:
                    raise
            successors = await eutl_fetch.bootstrap_lotl_signers(lotl, client, cache=cache)
            return await _kept(lotl, client, cache, territories, home, successors)
    except SignatureValidationError as error:
        raise RemoteError(_BAD_SIGNATURE, url=home, reason=error.failure_message) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise RemoteError(_NO_ANSWER, url=home, reason=str(error) or type(error).__name__) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RemoteError(_NOT_A_LIST, url=home, reason=str(error)) from error


async def _kept(
    lotl: str,
    client: ClientSession,
    cache: TLCache,
    territories: tuple[str, ...],
    home: str,
    pinned: list[Certificate] | None,
) -> store.Kept:
    """The authorities of the lists; the list of lists and each list have been checked when this returns."""
    from pyhanko.sign.validation.qualified import eutl_fetch, eutl_parse

    found = eutl_parse.validate_and_parse_lotl(lotl, pinned)
    sources, services = [store.Source("EU", home, *lists.dates(lotl.encode()))], []
    for country in territories:
        pointer = next((ref for ref in found.references if ref.territory.casefold() == country.casefold()), None)
        if pointer is None:
            raise RemoteError(_NO_COUNTRY, country=country, url=home)
        registry, errors = await eutl_fetch.lotl_to_registry(lotl, client, pinned, cache, only_territories={country})
        here = [*lists.of_registry(registry, country.upper())]
        if not here:
            reason = "; ".join(str(error) for error in errors) or "-"
            raise RemoteError(_NOTHING, country=country, url=pointer.location_uri, reason=reason)
        text = cache[pointer.location_uri]
        sources.append(store.Source(country.upper(), pointer.location_uri, *lists.dates(text.encode())))
        services += here
    return store.Kept(datetime.now(UTC).replace(microsecond=0), tuple(sources), tuple(services))


_NO_SIGNERS: Final = Text("«{name}» non si può leggere: {reason}.", "“{name}” cannot be read: {reason}.")
_NO_ANSWER: Final = Text(
    "La lista di fiducia {url} non si può scaricare: {reason}.", "The trusted list {url} cannot be fetched: {reason}."
)
_BAD_SIGNATURE: Final = Text(
    "La firma della lista di fiducia {url} non è valida: non viene usata ({reason}).",
    "The signature of the trusted list {url} is not valid: it is not used ({reason}).",
)
_EXPIRED: Final = Text(
    "La lista di fiducia {url} è scaduta il {due}: non viene usata.",
    "The trusted list {url} ran out on {due}: it is not used.",
)
_OLDER: Final = Text(
    "La lista di fiducia {url} è del {issued}, più vecchia di quella conservata ({last}): non viene usata.",
    "The trusted list {url} is of {issued}, older than the one kept ({last}): it is not used.",
)
_NOT_A_LIST: Final = Text("{url} non è una lista di fiducia: {reason}.", "{url} is not a trusted list: {reason}.")
_NO_COUNTRY: Final = Text(
    "La lista delle liste {url} non ha la lista di {country}.", "The list of lists {url} has no list for {country}."
)
_NOTHING: Final = Text(
    "La lista di {country} ({url}) è stata rifiutata o è vuota: {reason}",
    "The list of {country} ({url}) was refused or is empty: {reason}",
)
