"""Puts a sign-off on screen with everything said beside it, for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import DomainError
from app.domain.sign_off import (
    EntryKind,
    SignOff,
    SignOffEntry,
    SignOffStanding,
    entries_open_to,
    standing_of,
)
from app.services.yardsticks import Ratable, target_of
from app.web.shared.filters import say_count, say_moment
from app.web.shared.observation_view import Named
from app.web.shared.part_data import Cell

KIND_WORDS = {
    EntryKind.AMENDMENT: "Amendment",
    EntryKind.WITHDRAWAL: "Withdrawn",
    EntryKind.COMMENT: "Comment",
    EntryKind.DISPUTE: "Contested",
    EntryKind.SECOND_REVIEW: "Second reviewer",
}
ACT_WORDS = {
    EntryKind.AMENDMENT: "Add an amendment",
    EntryKind.WITHDRAWAL: "Withdraw this sign-off",
    EntryKind.COMMENT: "Add a comment",
    EntryKind.DISPUTE: "Contest this sign-off",
    EntryKind.SECOND_REVIEW: "Answer as second reviewer",
}
STANDING_CELLS = {
    SignOffStanding.STANDS: Cell("signed off", state="met"),
    SignOffStanding.DISPUTED: Cell("contested", state="ageing"),
    SignOffStanding.REVIEWED: Cell("contested and reviewed", state="met"),
    SignOffStanding.WITHDRAWN: Cell("withdrawn", state="expired"),
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One thing said beside a sign-off."""

    kind: str
    who: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class SignOffView:
    """A sign-off. Shape: `exception` is empty when nothing was missing; `open_to` pairs what the
    viewer may add with the words for it.
    """

    title: str
    standing: Cell
    statement: str
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    exception: str
    entries: tuple[EntryLine, ...]
    open_to: tuple[tuple[str, str], ...]


def sign_off_view(
    signed: SignOff,
    entries: Iterable[SignOffEntry],
    viewer_id: str,
    *,
    ratable: Ratable,
    named: Named,
) -> SignOffView:
    """Shows a sign-off. Shape: `entries` are those beside this one, in order."""
    beside = list(entries)
    return SignOffView(
        title=target_title(ratable, signed),
        standing=STANDING_CELLS[standing_of(beside)],
        statement=signed.statement,
        facts=(
            ("Level", signed.level_title),
            ("Signed by", f"{named(signed.signed_by)}, typed as {signed.typed_name}"),
            ("Credential then", signed.credential),
            ("On", say_moment(signed.signed_at)),
            ("Rests on", say_count(len(signed.evidence), "rating")),
            ("Framework", f"{signed.framework_id}, {signed.framework_version}"),
        ),
        missing=signed.shortfalls,
        exception=signed.exception,
        entries=tuple(_entry_line(one, named) for one in beside),
        open_to=tuple(
            (kind.value, ACT_WORDS[kind]) for kind in entries_open_to(signed, beside, viewer_id)
        ),
    )


def target_title(ratable: Ratable, signed: SignOff) -> str:
    """What was signed off, in words; its code when it has left the frameworks."""
    try:
        target = target_of(ratable, signed.target_kind, signed.target)
    except DomainError:
        return signed.target
    return f"{signed.target}: {target.title}"


def _entry_line(entry: SignOffEntry, named: Named) -> EntryLine:
    who = named(entry.by)
    told = f"{who}, {entry.credential}" if entry.credential else who
    return EntryLine(KIND_WORDS[entry.kind], told, say_moment(entry.at), entry.words)
