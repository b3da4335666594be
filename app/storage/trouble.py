"""What goes wrong below SQL, told so that a page can say it kindly."""

from __future__ import annotations

from enum import StrEnum


class TroubleKind(StrEnum):
    """The kinds of failure that people meet as a page of their own."""

    FULL = "full"
    READ_ONLY = "read-only"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    OTHER = "other"


IN_WORDS = {
    TroubleKind.FULL: "The disk of the database is full. Make room, then try again.",
    TroubleKind.READ_ONLY: "The database cannot be written: make it, or its disk, writable.",
    TroubleKind.BUSY: "Something else keeps the database busy. Try again in a moment.",
    TroubleKind.UNREACHABLE: "The database cannot be read. Is it there, and whole? Or restore it.",
}


class StorageTrouble(Exception):
    """The database could not do what was asked. Nothing of the change was kept."""

    def __init__(self, kind: TroubleKind, technical: str) -> None:
        super().__init__(technical)
        self.kind = kind

    def in_words(self) -> str:
        """What an operator reads: what is wrong, the next step, and the database's own words."""
        words = IN_WORDS.get(self.kind)
        return f"{words} It says: {self}" if words else str(self)


# What SQLite and PostgreSQL say, in the order tried.
_SIGNS = (
    ("disk is full", TroubleKind.FULL),
    ("no space left", TroubleKind.FULL),
    ("could not extend", TroubleKind.FULL),
    ("readonly database", TroubleKind.READ_ONLY),
    ("read-only", TroubleKind.READ_ONLY),
    ("disk i/o error", TroubleKind.UNREACHABLE),
    ("unable to open database", TroubleKind.UNREACHABLE),
    ("no such table", TroubleKind.UNREACHABLE),
    ("does not exist", TroubleKind.UNREACHABLE),
    ("malformed", TroubleKind.UNREACHABLE),
    ("is locked", TroubleKind.BUSY),
    ("connection", TroubleKind.UNREACHABLE),
)


def kind_of_trouble(technical: str) -> TroubleKind:
    """Sorts a database's own words into a kind of trouble."""
    lowered = technical.lower()
    return next((kind for sign, kind in _SIGNS if sign in lowered), TroubleKind.OTHER)
