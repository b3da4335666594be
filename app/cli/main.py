"""The command itself: its groups, and how refusals become exit codes.

Exit codes: 0 good; 1 content problems or a refused operation; 2 wrong usage.
"""

from __future__ import annotations

import sys

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
from app.config import SettingsError
from app.domain.errors import DomainError
from app.storage.trouble import StorageTrouble


@click.group()
@click.version_option(__version__, prog_name="waymark")
def commands() -> None:
    """Waymark: where addiction professionals learn, rehearse and show what they can do."""


for command in (serve, db, content, demo, people, scenario, backup, restore, routes):
    commands.add_command(command)


def main() -> None:
    """Runs the command and tells refusals in words."""
    try:
        commands()
    except DomainError as error:
        click.echo(f"{error.user_message} {error.advice}".strip(), err=True)
        sys.exit(1)
    except (SettingsError, StorageTrouble) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
