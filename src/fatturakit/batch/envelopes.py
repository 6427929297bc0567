"""What ``verify``, ``unwrap``, ``attachments`` and ``sign`` do with one input, here or in another process."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from .. import storage
from ..errors import FatturakitError, InputError
from ..limits import Limits
from ..texts import Text
from .crashes import crash, is_crash_text, is_unsettled_text
from .inputs import Input
from .seals import Seal, sealed
from .tasks import Task

if TYPE_CHECKING:
    from ..envelope.unwrap import Unwrapped
    from ..invoice.attachments import Attachment
    from ..signature.keys import Key, Locked
    from ..signature.sign import Form
    from ..signature.verdict import Verification

Result = TypeVar("Result")
DETACHED: Final = ".p7s"
"""The ending of a signature beside its file."""
_held: Final[list[Key]] = []
"""The key this process signs with; workers that are forked have it already."""


class Answer(NamedTuple, Generic[Result]):
    """What came of one input, or why nothing. warning: what is said about it beside; errors: what SdI would refuse.

    seals: what a report says of contents that are no longer here, because they stand in files of their own.
    """

    item: Input
    result: Result | InputError
    warning: Text | None = None
    errors: int = 0
    seals: tuple[Seal, ...] = ()

    @property
    def crashed(self) -> bool:
        """The error is one of ours."""
        return isinstance(self.result, InputError) and is_crash_text(self.result.text)


def verifying(
    limits: Limits,
    *,
    trust: tuple[str, ...] = (),
    at: datetime | None = None,
    online: bool = False,
    content: str | None = None,
) -> Task[Answer[Verification]]:
    """The signatures of every input. content: the file a detached signature is of; None looks beside the signature."""
    how = {"trust": trust or None, "at": at, "online": online, "limits": limits}
    return tasked(partial(_verified, limits, content, how))


def unwrapping(limits: Limits, *, strict: bool = False, warn: bool = True) -> Task[Answer[Unwrapped]]:
    """The document in every input; warn: verify its signatures, to say when one does not hold."""
    return tasked(partial(_unwrapped, limits, strict=strict, warn=warn), slim=_slim_content)


def extracting(limits: Limits, *, unpack: bool = True) -> Task[Answer[tuple[Attachment, ...]]]:
    """The attachments of every input."""
    return tasked(partial(_attached, limits, unpack=unpack), slim=_slim_attached)


def signing(
    limits: Limits, key: Key, locked: Locked | None, *, form: Form, any_certificate: bool = False, judge: bool = True
) -> Task[Answer[bytes]]:
    """Every input signed with ``key``. locked: how another process gets the same key; it travels in memory and pipes
    only. judge: count what SdI would refuse."""
    _held.append(key)
    do = partial(_signed, limits, form, any_certificate=any_certificate, judge=judge)
    prepare = None if locked is None else partial(_hold, locked)
    return tasked(do, slim=_slim_signed, prepare=prepare, repeatable=False)


def tasked(do: Callable[[Input], Answer[Result]], **more: Any) -> Task[Answer[Result]]:
    """Something done with every input; what stops one input is its answer."""
    return Task(partial(_tried, do), _lost, settled=_is_settled, **more)


def _is_settled(answer: Answer[Any]) -> bool:
    return not (isinstance(answer.result, InputError) and is_unsettled_text(answer.result.text))


def _slim_content(answer: Answer[Unwrapped]) -> Answer[Unwrapped]:
    found = answer.result
    if isinstance(found, InputError) or found.layers[-1:] != ("xml",):
        return answer  # what is not XML is told by its bytes
    return answer._replace(result=found._replace(content=b""), seals=(sealed(found.content),))


def _slim_attached(answer: Answer[tuple[Attachment, ...]]) -> Answer[tuple[Attachment, ...]]:
    if isinstance(answer.result, InputError):
        return answer
    seals = tuple([sealed(each.content or b"") for each in answer.result])
    slim = tuple([each if each.content is None else each._replace(content=b"") for each in answer.result])
    return answer._replace(result=slim, seals=seals)


def _slim_signed(answer: Answer[bytes]) -> Answer[bytes]:
    return answer._replace(result=b"")


def _tried(do: Callable[[Input], Answer[Result]], item: Input) -> Answer[Result]:
    named = item._replace(data=None)
    try:
        return do(item)._replace(item=named)
    except InputError as error:
        return Answer(named, error)
    except FatturakitError:
        raise  # what is wrong with the call is wrong for all
    except Exception as error:
        return Answer(named, crash(f"{type(error).__name__}: {error}"))


def _lost(item: Input) -> Answer[Result]:
    return Answer(item._replace(data=None), crash("process died"))


def contents(item: Input, limits: Limits) -> bytes:
    """The bytes of an input; ``InputError`` when they cannot be had."""
    if item.archive:
        from ..envelope.containers import unusable
        from ..envelope.zipfiles import BadArchive

        raise unusable(BadArchive(item.archive))
    return item.read(limits)


def _verified(limits: Limits, content: str | None, how: dict[str, Any], item: Input) -> Answer[Verification]:
    from ..signature.verify import verify

    signature, signed = _paired(item, contents(item, limits), content, limits)
    found = verify(signature, content=signed, name=item.name, **how)
    rows = tuple([replace(row, der=b"", chain=(), tokens=()) for row in found.signers])  # need not travel
    return Answer(item, replace(found, signers=rows))


def _paired(item: Input, data: bytes, content: str | None, limits: Limits) -> tuple[bytes, bytes | str | None]:
    """What to verify, and what it is the detached signature of: as named, or the two that lie beside each other."""
    if content is not None:
        return data, content
    if item.members or not item.path:
        return data, None
    from ..envelope.detached import is_detached
    from ..sources import from_path_bytes

    stem, ending = os.path.splitext(item.path)  # noqa: PTH122
    if ending.lower() == DETACHED:
        beside = next(filter(_is_there, (stem, f"{stem}.xml")), None) if is_detached(data) else None
        return data, beside
    signature = item.path + DETACHED
    if not _is_there(signature):
        return data, None
    detached = from_path_bytes(signature, limits)
    return (detached, data) if is_detached(detached) else (data, None)


def _is_there(path: str) -> bool:
    """Whether there is a file at a path or address; what cannot be asked is not there."""
    try:
        return storage.exists(path) if storage.is_url(path) else os.path.isfile(path)  # noqa: PTH113
    except OSError:
        return False


def _unwrapped(limits: Limits, item: Input, *, strict: bool, warn: bool) -> Answer[Unwrapped]:
    from ..envelope.unwrap import unwrap

    found = unwrap(contents(item, limits), item.name, limits=limits, strict=strict)
    text = None
    if warn:
        from ..signature.warning import warning

        text = warning(found)
    slim = tuple([each._replace(data=b"", content=b"") for each in found.envelopes])
    return Answer(item, found._replace(envelopes=slim), text)


def _attached(limits: Limits, item: Input, *, unpack: bool) -> Answer[tuple[Attachment, ...]]:
    from ..document import from_bytes
    from ..invoice.attachments import attachments
    from ..signature.warning import warning

    document = from_bytes(contents(item, limits), item.name, limits=limits)
    return Answer(item, attachments(document, unpack=unpack, limits=limits), warning(document))


def _signed(limits: Limits, form: Form, item: Input, *, any_certificate: bool, judge: bool) -> Answer[bytes]:
    from ..signature.sign import sign

    data = contents(item, limits)
    errors = _errors(data, item.name, limits) if judge else 0
    made = sign(data, _held[-1], form=form, any_certificate=any_certificate, limits=limits)
    return Answer(item, made, errors=errors)


def _errors(data: bytes, name: str, limits: Limits) -> int:
    """How many errors SdI would find before it is signed; signing is the user's business."""
    from ..findings import Severity
    from .judge import validate

    return validate(data, name=name or None, limits=limits).count(Severity.ERROR)


def _hold(locked: Locked) -> None:
    if not _held:
        _held.append(locked.open())
