"""A flow on its way, for those who perform its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

from .steps import Flow, Step, Value


class Course(Generic[Value]):
    """A flow on its way: the step to be done next, None at the end, and then its result."""

    def __init__(self, flow: Flow[Value]) -> None:
        self._flow = flow
        self.step: Step | None = None
        self.result: Value
        self.go(None)

    def go(self, answer: Any) -> None:
        """Hand over the answer to the step."""
        self._take(lambda: self._flow.send(answer))

    def fail(self, error: Exception) -> None:
        """Hand over the failure of the step; the flow raises it, or knows what to do."""
        self._take(lambda: self._flow.throw(error))

    def close(self) -> None:
        """End it here."""
        self._flow.close()

    def _take(self, next_step: Callable[[], Step]) -> None:
        try:
            self.step = next_step()
        except StopIteration as end:
            self.step, self.result = None, end.value
