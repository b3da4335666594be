"""Puts competencies on screen: signs and words of a state, what it rests on, every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.competency import Competency
from app.domain.competency_state import (
    PRESSING,
    CompetencyStanding,
    CompetencyState,
    Counted,
    GroupStanding,
)
from app.domain.evidence import (
    Answered,
    Certified,
    Decided,
    Evidence,
    EvidenceKind,
    Outcome,
    Rated,
)
from app.domain.ids import FINGERPRINT_LENGTH
from app.domain.level_scale import LevelScale
from app.services.competencies import Judging
from app.web.shared.filters import say_count, say_date
from app.web.shared.part_data import Cell

Row = tuple[str | Cell, ...]
SIGNS = {
    CompetencyState.MET: "met",
    CompetencyState.AGEING: "ageing",
    CompetencyState.BELOW: "below",
    CompetencyState.OPEN: "open",
    CompetencyState.EXPIRED: "expired",
    CompetencyState.NOT_REQUIRED: "none",
}
SHORT = {  # where a cell is narrow; the key beside the table has the full words
    CompetencyState.MET: "met",
    CompetencyState.AGEING: "ageing",
    CompetencyState.BELOW: "below",
    CompetencyState.OPEN: "open",
    CompetencyState.EXPIRED: "expired",
    CompetencyState.NOT_REQUIRED: "",
}
KEY = (
    "In a cell, “open” is short for not enough evidence. The figures below count competencies "
    "that are met, of those required. A cell opens to every row behind it."
)
ROWS_KEY = (
    "In a cell, “open” is short for not enough evidence. Below stands how many rows there are. "
    "A cell opens to every one of them."
)
PASSED_ON_HEADERS = ("Competency", "Date", "What", "What it showed")
EVIDENCE_HEADERS = ("Date", "What", "What it showed", "By whom", "Version")
SURENESS = {
    "confirmed": "number and text were read in the source",
    "position-inferred": "the text was read, its number worked out",
    "third-party": "read in a third-party page only",
    "unverified": "written from memory, not read",
    "own": "our own wording, no outside source",
}
SUPPORT = {"alone": "alone", "prompts": "with prompts", "help": "with help", "shown": "was shown"}


@dataclass(frozen=True, slots=True)
class CompetencyBlock:
    """One competency of one person: its state, what that rests on, and every row."""

    code: str
    title: str
    text: str
    sureness: str
    state: str
    words: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def group_cell(standing: GroupStanding, *, url: str) -> Cell:
    """Says where a person stands with a group: its most pressing state, and how many are met."""
    if not standing.required:
        return Cell(SHORT[standing.state], state="none", spoken=str(standing.state), url=url)
    counts = ", ".join(
        f"{standing.counts[state]} {state}" for state in PRESSING if standing.counts.get(state)
    )
    return Cell(
        SHORT[standing.state],
        detail=f"{standing.met} of {standing.required}",
        state=SIGNS[standing.state],
        spoken=f"{standing.state}: {counts}",
        url=url,
    )


def competency_cell(standing: CompetencyStanding, *, url: str) -> Cell:
    """Says where a person stands with one competency, and how many rows stand behind it."""
    return Cell(
        SHORT[standing.state],
        detail=say_count(standing.rows, "row") if standing.rows else "",
        state=SIGNS[standing.state],
        spoken=f"{standing.state}, {say_count(standing.rows, 'row')} of evidence",
        url=url,
    )


def competency_block(
    one: Competency,
    standing: CompetencyStanding,
    rows: Sequence[Evidence],
    by: Judging,
    *,
    counted: Counted | None,
    way: Callable[[Evidence], str],
) -> CompetencyBlock:
    """Shows one competency with everything behind it, newest first.

    `counted` is None when nothing is asked. `way` gives the address of what a row comes from, or
    an empty text.
    """
    newest = sorted(rows, key=lambda row: (row.happened_on, row.kind, row.source_id), reverse=True)
    return CompetencyBlock(
        code=one.code,
        title=one.title,
        text=one.text if one.text != one.title else "",
        sureness=SURENESS.get(one.sureness, one.sureness),
        state=SIGNS[standing.state],
        words=str(standing.state),
        facts=tuple(_facts(standing, counted, by.scale)),
        rows=tuple(evidence_row(row, by, way=way) for row in newest),
    )


def passed_on_row(one: Competency, row: Evidence, by: Judging) -> Row:
    """A row that reaches a competency through a mapping only, in a table of several of them."""
    day, what, showed, *_ = evidence_row(row, by, way=lambda _: "")
    return (Cell(one.code, detail=one.title), day, what, showed)


def is_told_alone(standing: CompetencyStanding, rows: Iterable[Evidence]) -> bool:
    """Says whether a competency gets a block of its own: it is asked, or rows speak of it."""
    is_asked = standing.state is not CompetencyState.NOT_REQUIRED
    return (is_asked and standing.rows > 0) or any(not row.via for row in rows)


def evidence_row(row: Evidence, by: Judging, *, way: Callable[[Evidence], str]) -> Row:
    """One row of evidence: when, what, what it showed, who said so, in which version."""
    what = str(row.kind)[0].upper() + str(row.kind)[1:]
    through = f"Shown under {row.via}; it supports, and decides nothing." if row.via else ""
    title = "" if isinstance(row.outcome, Rated) else row.title
    told = _showed(row.outcome, by.scale, row)
    return (
        say_date(row.happened_on),
        Cell(what, detail=" ".join(filter(None, (title, through))), url=way(row)),
        told,
        Cell(row.rater_name, detail=row.rater_credential) if row.rater_name else "–",
        _version(row),
    )


def _facts(
    standing: CompetencyStanding, counted: Counted | None, scale: LevelScale
) -> Iterable[tuple[str, str]]:
    if counted is not None:
        yield "Seen at the level asked", _counted(counted)
    if standing.latest_level is not None:
        yield "Rated last", scale.level(standing.latest_level).title
    if standing.met_until is not None:
        yield "Met through", say_date(standing.met_until)


def _version(row: Evidence) -> str:
    is_hash = len(row.version) == FINGERPRINT_LENGTH and row.version.isalnum()
    return row.version[:8] if is_hash else row.version or "–"


def _counted(counted: Counted) -> str:
    rule = counted.rule
    parts = [f"{counted.observations} of {say_count(rule.observations, 'observation')}"]
    if rule.dates > 1:
        parts.append(f"on {counted.dates} of {say_count(rule.dates, 'day')}")
    if rule.direct:
        parts.append(f"{counted.direct} of {rule.direct} live or recorded")
    if rule.raters > 1:
        parts.append(f"by {counted.raters} of {say_count(rule.raters, 'rater')}")
    return ", ".join(parts)


def _showed(outcome: Outcome, scale: LevelScale, row: Evidence) -> str:
    if isinstance(outcome, Answered):
        return f"{outcome.right} of {outcome.asked} right"
    if isinstance(outcome, Decided):
        return f"{outcome.met} met of {outcome.reached} reached; {outcome.possible} possible"
    if isinstance(outcome, Certified):
        until = f", valid through {say_date(outcome.expires_on)}" if outcome.expires_on else ""
        return f"{outcome.title}{until}"
    if isinstance(outcome, Rated):
        level = scale.level(outcome.level).title if scale.holds(outcome.level) else row.title
        return ", ".join(filter(None, (level, outcome.mode, SUPPORT.get(outcome.support, ""))))
    is_rating = row.kind in (EvidenceKind.OBSERVATION, EvidenceKind.SIGN_OFF, EvidenceKind.REVIEW)
    return f"{outcome.words}, on another scale" if is_rating else outcome.words
