"""The `waymark` command; each subcommand is a few lines over a service."""

from app.cli.main import main

__all__ = ["main"]
