"""The command line: the group that all commands belong to, and errors in one line."""

from __future__ import annotations

import errno
import io
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from duixian._errors import ClearError
from duixian._version import __version__

DEBUG = "DUIXIAN_DEBUG"
_FULL = (errno.ENOSPC, errno.EDQUOT)
# Commands in the order of the work, by the module of duixian.commands that holds them: only the one that runs is loaded.
COMMANDS = {
    name: module
    for module, names in (
        ("fetching", "fetch"),
        ("building", "build"),
        ("looking", "reports rejected show"),
        ("tabling", "table gaps flags"),
        ("facts", "facts annotate explain indicators"),
        ("settling", "settle account check-communiques"),
        ("promises", "promises"),
        ("tracking", "track trace"),
        ("words", "search terms"),
        ("wording", "spread newterms topics passages taken similar shared firmness"),
        ("correcting", "correct"),
        ("serving", "serve"),
        ("building", "export"),
        ("dataset", "dataset"),
        ("evaluating", "evaluate"),
    )
    for name in names.split()
}


def _fail(line: str) -> NoReturn:
    click.echo(f"duixian: {line}", err=True)
    sys.exit(1)


class _Group(click.Group):
    """A group whose errors are one line each, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a store's error is one line on standard error and exit status 1."""
        try:
            return super().invoke(ctx)
        except ClearError as error:
            _fail(str(error))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _FULL:
                _fail(f"the output can't be written: {os.strerror(error.errno)}")
            if os.environ.get(DEBUG):
                raise
            _fail(f"unexpected {type(error).__name__}: {' '.join(str(error).split())[:200]} (set {DEBUG}=1 to see where; please report it)")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name, with its module loaded."""
        if cmd_name not in COMMANDS:
            return None
        held = import_module(f"duixian.commands.{COMMANDS[cmd_name]}").COMMANDS
        return next((c for c in held if isinstance(c, click.Command) and c.name == cmd_name), None)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__)
def main() -> None:
    """兑现: reads government work reports (政府工作报告) and settles their promises.

    \b
    Examples:
      duixian build reports/ -o my.store
      duixian table my.store --year 2025 --level province --indicator gdp.growth
      duixian show my.store 安徽 2025
    """
    for stream in (sys.stdout, sys.stderr):  # a console of another encoding shows what it lacks as \\uNNNN instead of ending the command
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
