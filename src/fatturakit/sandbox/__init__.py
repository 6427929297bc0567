"""A local server that speaks like the four providers, so that an integration can be tried without account or network.

``fatturakit.sandbox.Running()`` serves it in a thread; ``fatturakit sandbox`` from the command line. Loopback only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .box import Box
    from .running import Running

__all__ = ["Box", "Running"]


def __getattr__(name: str) -> Any:
    if name == "Running":
        from .running import Running

        return Running
    if name == "Box":
        from .box import Box

        return Box
    raise AttributeError(f"module 'fatturakit.sandbox' has no attribute {name!r}")
