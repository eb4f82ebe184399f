"""Serving the site."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click

from duixian.commands.common import fail, store_argument


@click.command()
@store_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback unless you know what you do.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port to listen on.")
@click.option("--ledger", help="The ledger's database URL; by default $DUIXIAN_LEDGER, else a file beside the store.")
def serve(store: Path, host: str, port: int, ledger: str | None) -> None:
    """Serve the store as a site, read-only, on this machine.

    \b
    Example:
      duixian serve my.store
    """
    try:
        import uvicorn

        from duixian.serving.site.app import LOCAL_HOSTS, create_app

        _free(host, port)
        app = create_app(store, ledger, None if host in LOCAL_HOSTS else [*LOCAL_HOSTS, host])
        click.echo(f"http://{host}:{port}/ (Ctrl-C stops)", err=True)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
    except OSError as error:
        fail(f"can't listen on {host}:{port}: {error.strerror}")
    except KeyboardInterrupt:  # the wanted end
        click.echo("stopped", err=True)


def _free(host: str, port: int) -> None:
    """Raises OSError where the address can't be listened on: the server itself would say so in several lines."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


COMMANDS = (serve,)
