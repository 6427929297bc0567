"""What the command line is, as data: every command with its help, options, examples and what comes below it.

``python tools/cli_tree.py it|en`` prints it as JSON; ``tree`` gives the same (the language is fixed when a process
starts, hence a process for each).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

WIDTH = 80
HEADS = ("Esempi:", "Examples:")


def tree(lang: str) -> list[dict[str, Any]]:
    """Every command in the order the help has them, groups before what they hold."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FATTURAKIT", "LC_", "LANG"))}
    told = subprocess.run([sys.executable, __file__, lang], env=kept, capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found


def walk(command: Any, name: str, parent: Any = None) -> Iterator[dict[str, Any]]:
    """A command, then those below it."""
    import click

    ctx = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, **command.context_settings)
    names = command.list_commands(ctx) if isinstance(command, click.Group) else []
    below = {each: command.get_command(ctx, each) for each in names}
    yield told(command, ctx, [[each, one.get_short_help_str(200)] for each, one in below.items()])
    for each, one in below.items():
        yield from walk(one, each, ctx)


def told(command: Any, ctx: Any, below: list[list[str]]) -> dict[str, Any]:
    """One command. shown: what --help prints; then: what stands below the examples."""
    records = [param.get_help_record(ctx) for param in command.get_params(ctx)]
    epilog = (command.epilog or "").replace("\b\n", "")
    examples, _, then = epilog.partition("\n\n")
    lines = examples.splitlines()
    has = bool(lines) and lines[0] in HEADS
    return {
        "path": ctx.command_path,
        "usage": " ".join(command.collect_usage_pieces(ctx)),
        "help": command.help or "",
        "options": [
            [" ".join(flags.split()), " ".join(text.split())]
            for flags, text in filter(None, records)
            if flags[0] == "-"
        ],
        "commands": below,
        "examples": [line.strip() for line in lines[1:]] if has else [],
        "then": then if has else epilog,
        "shown": command.get_help(ctx),
    }


def main() -> int:
    """Print the tree in the language asked for."""
    os.environ["FATTURAKIT_LANG"] = sys.argv[1]
    from fatturakit.cli.main import cli

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(json.dumps(list(walk(cli, "fatturakit")), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
