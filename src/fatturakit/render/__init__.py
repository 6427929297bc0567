"""Pages people read: an invoice or a message as HTML or PDF, in a theme, in their language, with nothing left out.

``fatturakit.render`` is both this package and the function: importing a module of the package puts the package under
that name, so it can be called like the function, which stands a floor above, where signatures are known
(``batch.pages.render``).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    def __call__(self, document: Any, **asked: Any) -> Any:
        return import_module("fatturakit.batch.pages").render(document, **asked)


sys.modules[__name__].__class__ = _Callable
