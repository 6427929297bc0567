"""The driver that performs nothing: it stops at the first request, which is what would have been sent."""

from __future__ import annotations

from typing import Any

from .course import Course
from .masking import Masker
from .steps import Flow, Request, Value


class Shown(Exception):
    """The request, as text with its secrets masked."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Showing:
    """Runs a flow to its first request and raises ``Shown``."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker

    def run(self, flow: Flow[Value]) -> Value:
        """The first request in ``Shown``; the result of a flow that makes none."""
        course = Course(flow)
        step: Any = course.step
        if isinstance(step, Request):
            course.close()
            raise Shown(step.shown(self._masker))
        return course.result

    def close(self) -> None:
        """There is nothing to let go of."""
