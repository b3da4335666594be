"""`waymark scenario`: proving and playing cases from the command line."""

from __future__ import annotations

import click


@click.group()
def scenario() -> None:
    """Cases."""
