"""Puts a finished observation on screen, for whoever may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.mi_counts import (
    MICounts,
    MIThresholds,
    Reached,
    measures_of,
    reached,
)
from app.domain.observation import Support
from app.domain.rating import Rating
from app.library.catalog import Library
from app.services.yardsticks import Ratable
from app.storage.observations import COMMENT, READ, FeedbackReply, StoredObservation
from app.web.shared.competency_choices import competency_title
from app.web.shared.filters import say_day, say_moment
from app.web.shared.part_data import Cell

Row = tuple[str | Cell, ...]
Named = Callable[[str], str]

SUPPORT_WORDS = {
    Support.ALONE: "Worked alone",
    Support.PROMPTS: "With a prompt or two",
    Support.HELP: "With direct help",
    Support.SHOWN: "Mostly shown by somebody else",
}
MODE_WORDS = {
    "live": "Live",
    "recorded": "Recorded",
    "role-play": "Role-play",
    "simulation": "Simulation",
    "co-therapy": "Co-therapy",
    "chart review": "Chart review",
    "case presentation": "Case presentation",
}
REACHED_SIGNS = {Reached.GOOD: "met", Reached.FAIR: "ageing", Reached.BELOW: "below"}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """Something somebody said, with who and when."""

    who: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class ObservationView:
    """A finished observation. Shape: `read` is empty until its person has confirmed reading it;
    `measures` and `measures_note` are empty when nothing was counted.
    """

    facts: tuple[tuple[str, str], ...]
    went_well: str
    next_step: str
    note: str
    headers: tuple[str, ...]
    ratings: tuple[Row, ...]
    measures: tuple[Row, ...]
    measures_note: str
    read: str
    comments: tuple[SaidLine, ...]


def observation_view(
    observation: StoredObservation,
    ratings: Sequence[Rating],
    replies: Sequence[FeedbackReply],
    *,
    library: Library,
    ratable: Ratable,
    named: Named,
) -> ObservationView:
    """Shows an observation. Shape: `ratings` and `replies` are those of this observation."""
    form = observation.form
    credential = next((one.rater_credential for one in ratings), "")
    day = say_day(form.observed_on) if form.observed_on else ""
    read = next((one for one in replies if one.kind == READ), None)
    return ObservationView(
        facts=(
            ("Seen", MODE_WORDS.get(str(form.mode), "")),
            ("On", day),
            ("By", named(observation.observer_id)),
            ("Credential then", credential),
        ),
        went_well=form.went_well,
        next_step=form.next_step,
        note=form.note,
        headers=("Competency", "Level", "Support seen", "Words"),
        ratings=tuple(_rating_row(one, library, ratable) for one in ratings),
        measures=measure_rows(form.counts, library.supervision.mi),
        measures_note=_measures_note(form.counts, library),
        read=say_moment(read.said_at) if read else "",
        comments=tuple(
            SaidLine(named(one.person_id), say_moment(one.said_at), one.words)
            for one in replies
            if one.kind == COMMENT
        ),
    )


def measure_rows(counts: MICounts, thresholds: MIThresholds | None) -> tuple[Row, ...]:
    """The measures that can be worked out, each beside its thresholds."""
    found = measures_of(counts)
    if thresholds is None:
        return ()
    rows: list[Row] = []
    for one in thresholds.measures:
        if one.measure in found:
            value = found[one.measure]
            state = reached(value, one)
            rows.append(
                (
                    one.title,
                    _amount(value, one.unit),
                    Cell(str(state), state=REACHED_SIGNS[state]),
                    f"fair from {_amount(one.fair, one.unit)}, "
                    f"good from {_amount(one.good, one.unit)}",
                )
            )
    return tuple(rows)


def names_of(people: Mapping[str, str]) -> Named:
    """Says names by id; somebody who is not here any more stays unnamed."""
    return lambda person_id: people.get(person_id, "Somebody who has left")


def _rating_row(rating: Rating, library: Library, ratable: Ratable) -> Row:
    support = Support(rating.observed_support) if rating.observed_support else None
    return (
        Cell(rating.competency, detail=competency_title(ratable, rating.competency)),
        Cell(rating.level_title, detail=level_meaning(library, rating)),
        SUPPORT_WORDS[support] if support else "not noted",
        rating.note or "–",
    )


def level_meaning(library: Library, rating: Rating) -> str:
    """What a level means on its scale today; empty when the scale is not there any more."""
    scale = library.supervision.scales.get(rating.scale_id)
    if scale is None or not scale.holds(rating.level):
        return ""
    return scale.level(rating.level).meaning


def _measures_note(counts: MICounts, library: Library) -> str:
    thresholds = library.supervision.mi
    if counts.is_empty or thresholds is None:
        return ""
    source = library.sources.get(thresholds.source)
    title = source.title if source else thresholds.source
    as_of = f"{thresholds.as_of:%B} {thresholds.as_of.day}, {thresholds.as_of.year}"
    return f"Thresholds: {title}, as read on {as_of}. {thresholds.note}"


def _amount(value: Fraction, unit: str) -> str:
    if unit == "percent":
        return f"{round(value * 100)} %"
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return f"{text} : 1" if unit == "ratio" else text
