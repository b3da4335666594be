"""`waymark db`: the shape of the database."""

from __future__ import annotations

import click

from app.cli.opening import ready_store
from app.services.answer_tallies import count_answers_again
from app.storage.revisions import newest_revision


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the shape this version needs."""
    with ready_store():
        click.echo(f"The database is at revision {newest_revision()}.")


@db.command("recount")
def recount_command() -> None:
    """Count afresh how people answered, from the answers that are kept."""
    with ready_store() as store:
        exams = count_answers_again(store)
        click.echo(f"Counted {exams} finished mock exams.")
