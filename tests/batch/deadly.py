"""A task that workers of a cluster can import: it says what it was given, and one name kills whoever reads it."""

from __future__ import annotations

import os
import time

from fatturakit.batch.inputs import Input
from fatturakit.batch.tasks import Task

POISON = "poison.xml"


def one(item: Input) -> str:
    if item.shown == POISON:
        os._exit(9)
    time.sleep(0.002)
    return f"done {item.shown}"


def lost(item: Input) -> str:
    return f"lost {item.shown}"


TASK = Task(one, lost)
