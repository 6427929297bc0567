"""A value computed when it is first asked for, and kept: ``functools.cached_property`` without its lock.

Python 3.11 takes a lock for every first access, which costs more than most of our values. Facts of a document are
computed by the one thread that judges it; two threads at worst compute the same value twice.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 - a decorator, as property is
    """Decorate a method without arguments; its answer becomes an attribute of the instance."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object | None, owner: type) -> Self | Value:
        """Compute and keep; the next access finds the attribute itself."""
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.compute(instance)
        return value


def exports(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package whose names are loaded when they are first used.

    homes: the module of every name, with ``:other`` where it is called otherwise there; "" for a module of that name.
    """

    def load(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, _, attribute = home.partition(":")
        found = importlib.import_module(f".{module or name}", package)
        value = getattr(found, attribute or name) if module else found
        setattr(sys.modules[package], name, value)
        return value

    return load
