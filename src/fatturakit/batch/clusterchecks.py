"""Whether the machines of a cluster have what this one has, asked before any work is sent."""

from __future__ import annotations

from typing import Any, Final

from .._version import __version__
from ..errors import RemoteError
from . import clusterwords as words

PIP: Final = f"pip install 'fatturakit[distributed]=={__version__}'"


def checked(client: Any, address: str, seconds: float) -> int:
    """How many threads the cluster has, once it is sure that its machines have what this one has."""
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError as error:
        raise RemoteError(words.NO_WORKERS, address=address) from error
    here = _versions(client.get_versions()["client"])
    found = client.get_versions()
    for where, there in {"scheduler": found["scheduler"], **found["workers"]}.items():
        for name, version in _versions(there).items():
            if version != here[name]:
                raise RemoteError(words.VERSIONS, where=where, what=name, here=here[name], there=version or "-")
    asked = _question()
    answers = {**client.run(asked, on_error="return"), "scheduler": client.run_on_scheduler(asked)}
    for where, answer in answers.items():
        if answer != __version__:
            raise RemoteError(words.MISSING, where=where, there=answer, here=__version__, line=PIP)
    return max(1, int(sum(client.ncores().values())))


def _versions(told: dict[str, Any]) -> dict[str, str]:
    """What must be the same everywhere, as a machine tells it: Python (X.Y) and Dask."""
    host, packages = told["host"], told["packages"]
    python = ".".join(str(host["python"]).split(".")[:2])
    return {"Python": python, "distributed": str(packages["distributed"])}


def _question() -> Any:
    """What asks a machine for its fatturakit. A function in a function travels whole: it runs anywhere."""

    def version() -> str:
        try:
            from fatturakit._version import __version__ as found
        except ImportError as error:
            return f"- ({error})"
        return str(found)

    return version
