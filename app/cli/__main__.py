"""Lets `python -m app.cli` do what `waymark` does."""

from app.cli.main import main

main()
