"""Print what fatturakit is made of: a bill of materials (CycloneDX 1.6, JSON) of the core, as installed here.

``python tools/sbom.py > fatturakit.cdx.json``: fatturakit, the packages it needs and those they need, with versions,
licences and who needs whom. Extras are not in it: they are a choice. The same installation gives the same bytes.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parent.parent
NAMESPACE: Final = uuid.UUID("5b7a2c46-8f6d-5d1f-9e2c-1f0f6a5f7d10")
ENVIRONMENT: Final = {"extra": ""}


def needed(requirements: list[str]) -> list[str]:
    """The names of what is needed on this machine, without extras."""
    found = map(Requirement, requirements)
    here = (each for each in found if each.marker is None or each.marker.evaluate(ENVIRONMENT))
    return sorted({canonicalize_name(each.name) for each in here})


def gathered(names: list[str]) -> dict[str, Distribution]:
    """Those packages and whatever they need in turn."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = distribution(name)
            waiting += needed(found[name].requires or [])
    return dict(sorted(found.items()))


def licences(package: Distribution) -> list[dict[str, Any]]:
    """As the package states them: an SPDX expression, else the words of its classifiers."""
    stated = package.metadata.get("License-Expression")
    if stated:
        return [{"expression": stated}]
    rows = package.metadata.get_all("Classifier") or []
    words = [row.rpartition(" :: ")[2] for row in rows if row.startswith("License :: ")]
    return [{"license": {"name": word}} for word in words or [package.metadata.get("License") or "unknown"][:1]]


def component(name: str, package: Distribution) -> dict[str, Any]:
    """One package."""
    purl = f"pkg:pypi/{name}@{package.version}"
    said = {"description": package.metadata["Summary"]} if package.metadata["Summary"] else {}
    fixed = {"type": "library", "bom-ref": purl, "name": name, "version": package.version}
    return fixed | said | {"licenses": licences(package), "purl": purl}


def bill() -> dict[str, Any]:
    """The whole document."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = (ROOT / "src/fatturakit/_version.py").read_text(encoding="utf-8").split('"')[-2]
    top, own = needed(project["dependencies"]), f"pkg:pypi/fatturakit@{version}"
    packages = gathered(top)
    parts = {name: component(name, package) for name, package in packages.items()}
    edges = [(own, top), *((parts[name]["bom-ref"], needed(each.requires or [])) for name, each in packages.items())]
    about = {"type": "application", "bom-ref": own, "name": "fatturakit", "version": version, "purl": own}
    serial = uuid.uuid5(NAMESPACE, " ".join([own, *(each["purl"] for each in parts.values())]))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": about | {"licenses": [{"expression": project["license"]}]}},
        "components": list(parts.values()),
        "dependencies": [{"ref": ref, "dependsOn": [parts[name]["bom-ref"] for name in names]} for ref, names in edges],
    }


def main() -> int:
    """Print it."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(json.dumps(bill(), indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
