"""Results read back from a file: pickles in which nothing but our own values and dates can be named.

A state or a result file may have been changed by somebody else; reading one must never run what it says.
"""

from __future__ import annotations

import io
import pickle
import sys
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

_PLAIN: Final = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
    ("decimal", "Decimal"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("zoneinfo", "ZoneInfo"),
}
_BUILDERS: Final = {
    ("fatturakit.errors", "_rebuild"),
    ("fatturakit.errors", "_rebuild_input"),
    ("fatturakit.convert.reading", "_again"),
    ("fatturakit.texts", "Amount"),
}


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A plain value, a record, an enumeration or an exception of ours; ``UnpicklingError`` for all else."""
        if (module, name) in _PLAIN or (module, name) in _BUILDERS:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member
        if module.partition(".")[0] == "fatturakit" and "." not in name:
            found = super().find_class(module, name)
            if _is_value(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def loads(data: bytes) -> Any:
    """What was pickled; ``pickle.UnpicklingError`` for anything that is not a value of ours."""
    try:
        return _Reader(io.BytesIO(data)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # pickle raises whatever the damage leads it to
        raise pickle.UnpicklingError(type(error).__name__) from error


def _member(of: object, name: object) -> Any:
    """A member of an enumeration of ours by its name (until 3.11.3 Python pickles them so), or what makes a zone."""
    if (of, name) == (ZoneInfo, "_unpickle"):
        return getattr(ZoneInfo, "_unpickle")  # noqa: B009 - its name is private, its place in pickles is not
    if not (isinstance(of, type) and issubclass(of, Enum) and _is_value(of)) or name not in of.__members__:
        raise pickle.UnpicklingError(f"getattr {name}")
    return of.__members__[str(name)]


def _is_value(found: object) -> bool:
    from ..errors import FatturakitError

    if not isinstance(found, type) or sys.modules[found.__module__].__name__.partition(".")[0] != "fatturakit":
        return False
    return issubclass(found, Enum | FatturakitError) or _is_record(found)


def _is_record(found: type) -> bool:
    """A named tuple or a frozen dataclass: making one does nothing."""
    known = getattr(found, "__dataclass_params__", None)
    return (issubclass(found, tuple) and hasattr(found, "_fields")) or (known is not None and known.frozen)
