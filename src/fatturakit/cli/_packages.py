"""Which packages fatturakit asks for, as its own metadata say, and which of them are here. Nothing is imported."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Final

_REQUIREMENT: Final = re.compile(r"([A-Za-z0-9._-]+)(\[[^\]]*\])?\s*(?:>=\s*([0-9.]+))?")
_EXTRA: Final = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")


def requirements() -> Iterator[tuple[str, str, str | None]]:
    """Name, least version and extra of every package our own metadata asks for on this system."""
    try:
        lines = metadata.requires("fatturakit") or []
    except metadata.PackageNotFoundError:
        lines = []
    for line in lines:
        requirement, _, marker = line.partition(";")
        match, extra = _REQUIREMENT.match(requirement.strip()), _EXTRA.search(marker)
        if (
            match
            and match[1] != "fatturakit"
            and ("sys_platform" not in marker or f"'{sys.platform}'" in marker.replace('"', "'"))
        ):
            yield match[1], match[3] or "", extra[1] if extra else None


def installed(name: str) -> str:
    """The version of a package, "" when it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("+")[0])[:3])


def older(found: str, least: str) -> bool:
    """Whether a version is below the least we ask for."""
    return _numbers(found) < _numbers(least)
