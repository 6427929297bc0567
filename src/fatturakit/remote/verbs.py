"""How one method serves programs that wait and programs that do not.

A method is written once, as a flow or as pages, and decorated. Called on a ``Remote`` it waits and returns the result;
called on an ``AsyncRemote`` it returns what is awaited (or iterated with ``async for``). Type checkers see both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial, update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from .client import AsyncDriver, Driver
from .paging import Pages
from .session import Session
from .steps import Flow

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", bound=Driver | AsyncDriver)


class Holder(Generic[D]):
    """What methods are on: a session, and the driver that performs their flows."""

    def __init__(self, session: Session, driver: D) -> None:
        self._session = session
        self._driver: D = driver

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._session.provider.name} {self._session.base}>"


class flow(Generic[P, T]):  # noqa: N801 - a decorator, as property is
    """Decorate a method that returns a ``Flow[T]``: it is performed."""

    def __init__(self, method: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self._method = method
        update_wrapper(self, method)  # type: ignore[arg-type]  # a descriptor stands in for the method

    @overload
    def __get__(self, instance: Holder[Driver], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, instance: Holder[AsyncDriver], owner: type) -> Callable[P, Awaitable[T]]: ...
    @overload
    def __get__(self, instance: None, owner: type) -> flow[P, T]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        """The method, bound to what performs it."""
        if instance is None:
            return self
        return update_wrapper(partial(_run, instance, self._method), self._method)


def _run(instance: Holder[Any], method: Callable[..., Flow[Any]], *args: Any, **given: Any) -> Any:
    return instance._driver.run(method(instance, *args, **given))  # noqa: SLF001 - our own holder


class rows(Generic[P, T]):  # noqa: N801 - as above
    """Decorate a method that returns ``Pages``: their rows are iterated, one page in memory at a time."""

    def __init__(self, method: Callable[Concatenate[Any, P], Pages[T]]) -> None:
        self._method = method
        update_wrapper(self, method)  # type: ignore[arg-type]  # as above

    @overload
    def __get__(self, instance: Holder[Driver], owner: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, instance: Holder[AsyncDriver], owner: type) -> Callable[P, AsyncIterator[T]]: ...
    @overload
    def __get__(self, instance: None, owner: type) -> rows[P, T]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        """The method, bound to what performs it."""
        if instance is None:
            return self
        return update_wrapper(partial(_over, instance, self._method), self._method)


def _over(instance: Holder[Any], method: Callable[..., Any], *args: Any, **given: Any) -> Any:
    driver, pages = instance._driver, method(instance, *args, **given)  # noqa: SLF001 - our own holder
    return _each_async(driver, pages) if isinstance(driver, AsyncDriver) else _each(driver, pages)


def _each(driver: Driver, pages: Pages[T]) -> Iterator[T]:
    while (page := driver.run(pages.next())) is not None:
        yield from page


async def _each_async(driver: AsyncDriver, pages: Pages[T]) -> AsyncIterator[T]:
    while (page := await driver.run(pages.next())) is not None:
        for row in page:
            yield row
