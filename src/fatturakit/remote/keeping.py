"""A token kept between two runs, in a file only its owner can read: services count logins."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from .masking import Secret

FOLDER_VARIABLE = "FATTURAKIT_CACHE"


def folder() -> Path:
    """Where tokens are kept: $FATTURAKIT_CACHE, else the user's cache folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if not named:
        from platformdirs import user_cache_dir

        named = user_cache_dir("fatturakit", appauthor=False)
    return Path(named) / "tokens"


class Keeper:
    """The file of one token; what it belongs to (place and user) is in its name as a digest."""

    def __init__(self, home: Path, *belongs: str) -> None:
        digest = hashlib.sha256("\0".join(belongs).encode()).hexdigest()[:32]
        self.path = home / f"{digest}.json"

    def load(self) -> tuple[Secret, datetime] | None:
        """The token and its end; None when there is none that can be read, or others can read it too."""
        try:
            if os.name == "posix" and self.path.stat().st_mode & 0o077:
                return None
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return Secret(found["token"]), datetime.fromisoformat(found["ends"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, token: Secret, ends: datetime) -> None:
        """Keep it; a cache that cannot be written is no reason to stop."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self.path.parent)  # readable by its owner alone
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump({"token": token.reveal(), "ends": ends.isoformat()}, stream)
            Path(temporary).replace(self.path)

    def drop(self) -> None:
        """Forget it."""
        with suppress(OSError):
            self.path.unlink()
