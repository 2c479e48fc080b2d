#!/usr/bin/env python3
"""acmectl: maintenance, as a script beside its own helper module."""

import sys
from pathlib import Path

import ctl_commands
from acme import __version__


def main() -> int:
    """Run the command that the first argument names."""
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name not in ctl_commands.COMMANDS:
        print(f"acmectl: unknown command {name!r}", file=sys.stderr)
        return 2
    print(f"acmectl {__version__}, {Path(__file__).name}: {name}")
    command, _ = ctl_commands.COMMANDS[name]
    return command()


if __name__ == "__main__":
    sys.exit(main())
