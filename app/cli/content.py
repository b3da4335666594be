"""`waymark content`: check, list and load lessons, questions, cases and reference data."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from app.cli.opening import content_places, now, ready_store
from app.config import read_settings
from app.library import listing
from app.library.content_check import check_paths
from app.library.library import Library, read_library
from app.library.report import report_json, report_text
from app.services.content import load_content

KINDS: dict[str, Callable[[Library], list[dict[str, Any]]]] = {
    "items": listing.list_items,
    "lessons": listing.list_lessons,
    "scenarios": listing.list_scenarios,
    "blueprints": listing.list_blueprints,
    "competencies": listing.list_competencies,
}


@click.group()
def content() -> None:
    """Lessons, questions, cases and reference data."""


@content.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check_command(paths: tuple[Path, ...], form: str) -> None:
    """Say everything that is wrong with the content, and how to mend it."""
    result = check_paths(content_places(read_settings()), paths)
    told = report_json(result.problems)
    if form == "text":
        told = report_text(result.problems, result.counts)
    click.echo(told, nl=False)
    sys.exit(1 if result.has_errors else 0)


@content.command("list")
@click.option("--kind", type=click.Choice(sorted(KINDS)), required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def list_command(kind: str, form: str) -> None:
    """List what there is of one kind."""
    rows = KINDS[kind](read_library(content_places(read_settings())))
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        name = row.get("id") or row.get("code")
        click.echo(f"{name}  {row.get('title') or row.get('stem') or row.get('text') or ''}")


@content.command("sync")
def sync_command() -> None:
    """Read the content files now and keep the good ones as last good texts."""
    with ready_store() as store:
        library = load_content(store, content_places(read_settings()), now=now())
        click.echo(
            f"{len(library.lessons)} lessons, {len(library.items)} questions, "
            f"{len(library.scenarios)} cases; {len(library.quarantined)} files with errors."
        )
        sys.exit(1 if library.quarantined else 0)
