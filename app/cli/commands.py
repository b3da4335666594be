"""All commands, gathered."""

from __future__ import annotations

import click

from app import __version__
from app.cli.backup import backup, restore
from app.cli.content import content
from app.cli.database import db
from app.cli.demo import demo
from app.cli.people import people
from app.cli.routes import routes
from app.cli.scenario import scenario
from app.cli.serve import serve


@click.group()
@click.version_option(__version__, prog_name="waymark")
def commands() -> None:
    """Waymark: where addiction professionals learn, rehearse and show what they can do."""


for command in (serve, db, content, demo, people, scenario, backup, restore, routes):
    commands.add_command(command)
