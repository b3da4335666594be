"""The rules. Standard library only; knows no clock, no database, no HTML."""
