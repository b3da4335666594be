"""`waymark routes`: the map of addresses, kept as a list that a test compares."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from werkzeug.utils import import_string

from app.cli.opening import ready_store


@click.group()
def routes() -> None:
    """The map of addresses."""


@routes.command("save")
@click.argument("path", type=click.Path(path_type=Path), default="tests/house/routes.txt")
def save_command(path: Path) -> None:
    """Write the list of routes, after a change to the map was decided on."""
    # By name: the factory stands above the command line, which must not import it.
    with ready_store():
        app = import_string("app.factory:create_app")()
    path.write_text("\n".join(route_lines(app)) + "\n", encoding="utf-8")
    click.echo(f"Wrote {path}.")


def route_lines(app: Flask) -> list[str]:
    """Names every route: methods, path, endpoint."""
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append(f"{methods} {rule.rule} {rule.endpoint}")
    return sorted(lines, key=lambda line: line.split(" ", 2)[1:])
