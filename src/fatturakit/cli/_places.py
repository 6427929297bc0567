"""Where the results of a call go: a file each in the folder of ``-o``, under safe names."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..envelope.safenames import SafeNames
from ..writing import make_folder
from . import _work

if TYPE_CHECKING:
    from ..batch.state import State

Give = Callable[[SafeNames], str]


class Places:
    """The files of one call. folder: on disk or an address; state: what an earlier run wrote, when it is gone on from.

    ``put`` makes the folder when there is a first file for it.
    """

    def __init__(self, folder: str, state: State | None = None, *, force: bool = False) -> None:
        self.folder = folder
        self._state, self._force = state, force
        self._names = SafeNames()
        self._made = False

    def put(self, data: bytes, give: Give) -> str:
        """Write a file whose name is what ``give`` makes of the names so far; its path."""
        if not self._made:
            make_folder(self.folder)
            self._made = True
        path = self._path(give)
        _work.put(path, data, self._state, force=self._force)
        return path

    def _path(self, give: Give) -> str:
        """Where it went before, else the first place that no other input has."""
        path = os.path.join(self.folder, give(self._names))  # noqa: PTH118 - the folder may be an address
        state = self._state
        if state is None:
            return path
        if len(state.written) < len(state.before):
            return state.before[len(state.written)]
        while state.is_anothers(path):
            path = os.path.join(self.folder, give(self._names))  # noqa: PTH118
        return path
