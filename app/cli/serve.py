"""`waymark serve`: brings everything up to date, says what it does, and serves."""

from __future__ import annotations

import gc
import multiprocessing
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from werkzeug.utils import import_string

from app.cli.memory import collection_paused, give_memory_back
from app.cli.opening import now, ready_store
from app.config import Settings, read_settings
from app.demo.cast import DEMO_PASSWORD, ON_SCREEN
from app.demo.load import demo_is_loaded, load_demo
from app.services.account import make_setup_token
from app.storage.backup import fold_log, sqlite_file
from app.storage.engine import sqlite_journal_mode

if TYPE_CHECKING:
    from flask import Flask

    from app.library.library import Library

# Open at once in each process: browsers keep theirs open between requests, and one that is not
# taken in waits until another one closes.
CONNECTIONS = 2_000
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Processes.")
@click.option("--threads", default=1, show_default=True, help="Threads in each process.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Prepare the database and content, then serve until stopped."""
    settings = read_settings()
    if settings.demo and host not in LOOPBACK:
        raise click.UsageError("Demo mode shows its passwords, so it serves this machine only.")
    address = f"http://{host}:{port}"
    if "WAYMARK_BASE_URL" not in os.environ:
        settings = replace(settings, base_url=address)
        os.environ["WAYMARK_BASE_URL"] = address  # the worker processes read it too
    give_memory_back()
    app = prepare(settings)
    click.echo(f"Waymark is at {settings.base_url}  (stop it with Ctrl+C)")
    try:
        _serve(app, host, port, workers=workers, threads=threads)
    finally:
        if settings.database_url.startswith("sqlite"):
            fold_log(sqlite_file(settings.database_url))


def prepare(settings: Settings) -> Flask:
    """Migrates, makes the app with its content, loads the demo, and prints how to come in."""
    click.echo(f"Database: {_database_words(settings)}")
    with ready_store(settings) as store:
        # By name: the factory stands above the command line, which must not import it.
        with collection_paused():
            app: Flask = import_string("app.factory:create_app")(settings)
        library: Library = app.extensions["waymark-content"].library()
        click.echo(
            f"Content: {len(library.lessons)} lessons, {len(library.items)} questions, "
            f"{len(library.scenarios)} cases"
        )
        if library.quarantined:
            click.echo(
                f"  {len(library.quarantined)} files have errors and are not served as they are; "
                "run `waymark content check` to see why."
            )
        if settings.demo:
            if not demo_is_loaded(store):
                click.echo("Demo: making the cast and a month of activity …")
                load_demo(store, library, today=store.day_of(now()))
            _print_demo()
        else:
            token = make_setup_token(store, now=now())
            if token is not None:
                click.echo("First administrator: open this link once")
                click.echo(f"  {settings.base_url}/account/set-up/{token}")
    return app


def _print_demo() -> None:
    click.echo(f"Demo sign-ins (password for all: {DEMO_PASSWORD})")
    for member in ON_SCREEN:
        roles = ", ".join(role for role, _team in member.roles)
        click.echo(f"  {member.email:<28} {member.full_name}, {roles}")


def _database_words(settings: Settings) -> str:
    if not settings.database_url.startswith("sqlite"):
        return "PostgreSQL"
    path = settings.database_url.removeprefix("sqlite:///")
    return f"{path} (SQLite, journal {sqlite_journal_mode()}, synchronous FULL)"


def _serve(app: Flask, host: str, port: int, *, workers: int, threads: int) -> None:
    # Imported here because no other command needs a server.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "app.factory:create_serving_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=threads,
        backpressure=CONNECTIONS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    if multiprocessing.get_start_method() != "fork":
        server.serve()
        return
    # Workers are forked with the app already made: they share its memory and start at once.
    # Frozen objects are passed over by the garbage collector, so the shared pages stay shared.
    gc.collect()
    gc.freeze()
    server.serve(target_loader=lambda *_: _in_a_worker(app), wrap_loader=False)


def _in_a_worker(app: Flask) -> Flask:
    # By name, as the factory: the command line knows nothing of the web.
    import_string("app.web.shared.housekeeping:start_housekeeping")(app)
    return app
