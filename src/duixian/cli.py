"""The command line: the group that all commands belong to, and errors in one line."""

from __future__ import annotations

import errno
import io
import os
import sys
from itertools import chain
from typing import Any

import click

from duixian._version import __version__
from duixian.commands import (
    building,
    correcting,
    dataset,
    evaluating,
    facts,
    fetching,
    looking,
    serving,
    settling,
    tabling,
    tracking,
    words,
)
from duixian.commands.common import fail
from duixian.ledger import LedgerError
from duixian.store import StoreError

DEBUG = "DUIXIAN_DEBUG"
_FULL = (errno.ENOSPC, errno.EDQUOT)


class _Group(click.Group):
    """A group whose errors are one line each, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a store's error is one line on standard error and exit status 1."""
        try:
            return super().invoke(ctx)
        except (StoreError, LedgerError) as error:
            fail(str(error))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _FULL:
                fail(f"the output can't be written: {os.strerror(error.errno)}")
            if os.environ.get(DEBUG):
                raise
            fail(f"unexpected {type(error).__name__}: {' '.join(str(error).split())[:200]} (set {DEBUG}=1 to see where; please report it)")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order of the work."""
        return list(self.commands)


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


for _command in chain(
    fetching.COMMANDS,
    building.COMMANDS[:1],
    looking.COMMANDS,
    tabling.COMMANDS,
    facts.COMMANDS,
    settling.COMMANDS,
    tracking.COMMANDS,
    words.COMMANDS,
    correcting.COMMANDS,
    serving.COMMANDS,
    building.COMMANDS[1:],
    dataset.COMMANDS,
    evaluating.COMMANDS,
):
    main.add_command(_command)


if __name__ == "__main__":
    main()
