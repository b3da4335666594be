"""`waymark backup` and `waymark restore`: the whole database as one checked file."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.opening import now
from app.config import read_settings
from app.storage.backup import Manifest, back_up, sqlite_file
from app.storage.backup import restore as put_back
from app.storage.backup import verify as check


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to FILE, even while it is in use, and check the copy."""
    database = sqlite_file(read_settings().database_url)
    _tell(f"Backup written to {file}", back_up(database, file, now=now()))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--verify", "only_verify", is_flag=True, help="Only check; change nothing.")
def restore(file: Path, only_verify: bool) -> None:
    """Put a backup in place of the database; what was there is kept beside it."""
    if only_verify:
        _tell(f"{file} is good", check(file))
        return
    database = sqlite_file(read_settings().database_url)
    kept = put_back(file, database, now=now())
    click.echo(f"Restored {file} to {database}.")
    if kept is not None:
        click.echo(f"The database that was there is kept as {kept}.")
    click.echo("Run `waymark db upgrade`, then start Waymark.")


def _tell(words: str, manifest: Manifest) -> None:
    rows = sum(manifest.rows.values())
    click.echo(f"{words}: {rows} rows in {len(manifest.rows)} tables, made {manifest.made_at}.")
