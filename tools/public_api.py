"""What programs may rely on: every public name with its signature, one a line.

``python tools/public_api.py`` prints it; ``tests/public_api.txt`` keeps what was promised, and a test compares.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import sys
from collections.abc import Iterator
from typing import Any, Final

MODULES: Final = ("fatturakit", "fatturakit.saft", "fatturakit.receipts", "fatturakit.sandbox")
_INHERITED: Final = (object, BaseException, Exception, tuple, dict, list, str, int)


def lines() -> Iterator[str]:
    """Every public name of every module."""
    for name in MODULES:
        module = importlib.import_module(name)
        for each in sorted(module.__all__):
            value = getattr(module, each)
            if not inspect.ismodule(value):
                yield from described(f"{name}.{each}", value)


def described(path: str, value: Any) -> Iterator[str]:
    """A function, a class with its members, or a value."""
    if inspect.isclass(value):
        yield from class_lines(path, value)
    elif callable(value):
        yield f"{path}{signature(value)}"
    else:
        yield f"{path}: {type(value).__name__}"


def class_lines(path: str, value: type) -> Iterator[str]:
    """A class: what it extends, how it is made, its members."""
    bases = ", ".join(base.__name__ for base in value.__bases__ if base is not object)
    yield f"class {path}({bases})"
    if issubclass(value, enum.Enum):
        yield from (f"{path}.{each.name} = {each.value!r}" for each in value)
        return
    yield f"{path}{signature(value)}"
    for name, member in members(value):
        if isinstance(member, staticmethod | classmethod):
            yield f"{path}.{name}{signature(member.__func__)}"
        elif inspect.isfunction(member):
            yield f"{path}.{name}{signature(member)}"
        else:
            yield f"{path}.{name}"


def members(value: type) -> list[tuple[str, Any]]:
    """Public members by name, inherited ones too, those of the built-in types aside."""
    found: dict[str, Any] = {}
    for base in reversed(value.__mro__):
        if base not in _INHERITED:
            found |= {name: each for name, each in vars(base).items() if not name.startswith("_")}
            fields = [name for name in getattr(base, "__annotations__", {}) if not name.startswith("_")]
            found |= {name: None for name in fields if name not in found}
    return sorted(found.items())


class Plain:
    """Text that shows itself as it is."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def signature(value: Any) -> str:
    """As it is written, the same in every version of Python."""
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return "(...)"
    params = [each.replace(annotation=_annotation(each), default=_default(each)) for each in found.parameters.values()]
    answer = found.return_annotation
    answer = answer if answer is inspect.Signature.empty else Plain(_word(answer))
    return str(found.replace(parameters=params, return_annotation=answer))


def _annotation(param: inspect.Parameter) -> Any:
    return param.annotation if param.annotation is param.empty else Plain(_word(param.annotation))


def _default(param: inspect.Parameter) -> Any:
    """A value made of others, such as all limits, by its name alone."""
    return Plain(f"{type(param.default).__name__}()") if hasattr(param.default, "_fields") else param.default


def _word(annotation: Any) -> str:
    annotation = getattr(annotation, "__forward_arg__", annotation)
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def main() -> int:
    """Print all."""
    print("\n".join(lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
