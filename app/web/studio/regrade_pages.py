"""What the pages of regrading show: counts and moves of scores, never whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.web.shared.part_data import FieldFault, Header, Way
from app.web.studio.inputs import RegradeInput
from app.web.studio.pages import Fact, Row


@dataclass(frozen=True, slots=True)
class EffectShown:
    """What a decision would move.

    Shape: `withheld` says why nothing is told when few people are concerned; empty otherwise.
    """

    summary: str
    counts: tuple[Fact, ...]
    headers: tuple[str | Header, ...]
    moves: tuple[Row, ...]
    more_moves: int
    withheld: str


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer of the wording, to be accepted or not."""

    id: str
    letter: str
    text: Markup
    is_key: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class WordingShown:
    """The wording a decision is about. Shape: `others` leads to the other ones people met."""

    version: str
    stem: Markup
    vignette: Markup
    words: str
    others: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class PreviewShown:
    """A decision as it would be signed. Shape: `hidden` are the fields that say it again."""

    facts: tuple[Fact, ...]
    reason: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RegradePage:
    """A question to regrade.

    None: `wording` is None when nobody met the question in an exam; `preview` and `effect`
    before a preview was asked for.
    """

    item_id: str
    back: Way
    wording: WordingShown | None
    answers: tuple[AnswerChoice, ...]
    form: RegradeInput
    faults: tuple[FieldFault, ...]
    preview: PreviewShown | None
    effect: EffectShown | None
    preview_url: str
    sign_url: str
    ledger_url: str


@dataclass(frozen=True, slots=True)
class Underway:
    """An entry whose step has not reached every exam: it goes on, or was interrupted.

    Shape: `continue_url` is empty for those who only read the ledger.
    """

    words: str
    continue_url: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Every regrade that was signed, newest first, and those that are on their way."""

    rows: tuple[Row, ...]
    underway: tuple[Underway, ...]


@dataclass(frozen=True, slots=True)
class UndoPage:
    """An entry of the ledger, and what undoing it would move."""

    title: str
    back: Way
    facts: tuple[Fact, ...]
    reason: str
    is_in_force: bool
    effect: EffectShown
