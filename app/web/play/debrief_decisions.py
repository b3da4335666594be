"""Decisions and tasks of an ended run, each beside what an expert would do."""

from __future__ import annotations

from app.domain.debrief import ActivityReview, ChoiceShown, CriticalError, Debrief, DecisionReview
from app.domain.scenario import Scenario
from app.domain.scenario_activity import Activity, Sct, Sociogram
from app.web.play.activity_view import (
    answer_in_words,
    answered_picture,
    expected_in_words,
    judgment_in_words,
)
from app.web.play.case_words import case_html, plain_words, some_html
from app.web.play.debrief_pages import (
    Critical,
    Decision,
    Expected,
    Moment,
    ToldActivity,
    ToldChoice,
)
from app.web.shared.filters import say_count
from app.web.shared.safe_html import inline_html

# State of a chip and words, by rating. Source: docs/decisions/0010-branching-cases.md
RATED: dict[int | None, tuple[str, str]] = {
    3: ("met", "what an expert would do"),
    2: ("info", "acceptable"),
    1: ("ageing", "weak"),
    0: ("below", "harmful"),
    None: ("none", "not rated"),
}
SUMMED = {3: "as an expert would", 2: "acceptable", 1: "weak", 0: "harmful"}


def anchor_of(step: int) -> str:
    """The place on the page where a step is told."""
    return f"step-{step + 1}"


def moments_of(scenario: Scenario, debrief: Debrief) -> tuple[Moment, ...]:
    """Every choice and every answered task, in the order they came."""
    found = [(one.step, Moment(_decision(scenario, one))) for one in debrief.decisions]
    for review in debrief.activities:
        told = _activity(scenario, review)
        if told is not None:
            found.append((review.step, Moment(activity=told)))
    return tuple(moment for _, moment in sorted(found, key=lambda pair: pair[0]))


def criticals_of(debrief: Debrief) -> tuple[Critical, ...]:
    """The critical errors, apart from everything else."""
    titles = {one.scene: one.title for one in debrief.decisions}
    return tuple(_critical(titles, one) for one in debrief.criticals)


def sums_of(debrief: Debrief) -> tuple[tuple[str, str], ...]:
    """How often each rating was met in decisions that count, as (state, words)."""
    rates = [one.taken.rate for one in debrief.decisions if one.counts]
    counted = [(RATED[rate][0], SUMMED[rate], rates.count(rate)) for rate in SUMMED]
    return tuple((state, f"{count} {words}") for state, words, count in counted if count)


def speaking_words(debrief: Debrief) -> str:
    """How often one reflected and asked. Empty: the case does not look at that."""
    if not debrief.reflections and not debrief.questions:
        return ""
    reflections = say_count(debrief.reflections, "reflection")
    questions = say_count(debrief.questions, "question")
    return f"In what you said, the case hears {reflections} and {questions}."


def _decision(scenario: Scenario, one: DecisionReview) -> Decision:
    experts = () if one.is_expert else one.expert
    told = {one.taken.id, *(expert.id for expert in experts)}
    return Decision(
        anchor=anchor_of(one.step),
        title=plain_words(one.title),
        taken=_told(scenario, one.taken),
        is_expert=one.is_expert,
        experts=tuple(_told(scenario, expert) for expert in experts),
        others=tuple(_told(scenario, other) for other in one.shown if other.id not in told),
        critical=plain_words(one.critical),
        breach=plain_words(one.breach),
        is_practice=one.taken.rate is not None and not one.counts,
    )


def _told(scenario: Scenario, choice: ChoiceShown) -> ToldChoice:
    state, words = RATED[choice.rate]
    return ToldChoice(
        label=inline_html(choice.label),
        state=state,
        words=words,
        feedback=some_html(scenario, choice.feedback),
        why=some_html(scenario, choice.why),
        was_open=choice.was_open,
    )


def _critical(titles: dict[str, str], one: CriticalError) -> Critical:
    title = plain_words(titles.get(one.scene, one.scene))
    return Critical(anchor_of(one.step), title, inline_html(one.label), plain_words(one.text))


def _activity(scenario: Scenario, one: ActivityReview) -> ToldActivity | None:
    activity = scenario.scene_by_id[one.scene].activity
    if activity is None:
        return None
    panel: list[tuple[str, int]] = []
    if isinstance(activity, Sct) and one.panel:
        values = range(-activity.reach, activity.reach + 1)
        panel = [(judgment_in_words(v, activity.reach), one.panel.count(v)) for v in values]
    return ToldActivity(
        anchor=anchor_of(one.step),
        title=plain_words(one.title),
        ask=case_html(scenario, one.ask),
        answer=answer_in_words(scenario, activity, one.answer),
        expected=() if panel else _expected(scenario, activity, one),
        feedback=some_html(scenario, one.feedback),
        picture=answered_picture(scenario, activity, one.answer),
        panel=tuple(panel),
    )


def _expected(scenario: Scenario, activity: Activity, one: ActivityReview) -> tuple[Expected, ...]:
    """What the author looked for. A map is told here, where the client's name is known."""
    words = [note.text for note in one.notes]
    if isinstance(activity, Sociogram):
        words = [expected_in_words(scenario, activity, wanted) for wanted in activity.expect]
    met = (note.is_met for note in one.notes)
    return tuple(Expected(plain_words(w), is_met) for w, is_met in zip(words, met, strict=True))
