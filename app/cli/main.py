"""The command's entry, and how refusals become exit codes.

Exit codes: 0 good; 1 content problems or a refused operation; 2 wrong usage.
"""

from __future__ import annotations

import sys

import click
from werkzeug.utils import import_string

from app.cli.memory import collection_paused
from app.config import SettingsError
from app.domain.errors import DomainError
from app.storage.trouble import StorageTrouble


def main() -> None:
    """Runs the command and tells refusals in words."""
    with collection_paused():
        commands: click.Group = import_string("app.cli.commands:commands")
    try:
        commands()
    except DomainError as error:
        click.echo(f"{error.user_message} {error.advice}".strip(), err=True)
        sys.exit(1)
    except StorageTrouble as error:
        click.echo(error.in_words(), err=True)
        sys.exit(1)
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
