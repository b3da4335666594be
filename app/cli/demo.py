"""`waymark demo`: the invented cast and a month of their activity."""

from __future__ import annotations

import click

from app.cli.opening import content_places, now, ready_store
from app.config import read_settings
from app.demo.load import load_demo
from app.services.content import load_content


@click.group()
def demo() -> None:
    """The demo cast."""


@demo.command("load")
def load_command() -> None:
    """Make the cast and a month of activity; refused where real people are."""
    with ready_store() as store:
        library = load_content(store, content_places(read_settings()), now=now())
        people = load_demo(store, library, today=store.day_of(now()))
        click.echo(f"The demo is loaded: {people} people.")
