"""Puts an observation on screen: the form while it is a draft, the record once it is finished."""

from __future__ import annotations

from datetime import date

from app.domain.mi_counts import MICounts
from app.domain.observation import Mark, ObservationForm
from app.services.yardsticks import Yardstick, yardsticks
from app.storage.observations import StoredObservation
from app.web.shared.competency_choices import competency_groups, competency_title
from app.web.shared.filters import say_moment
from app.web.shared.observation_view import (
    MODE_WORDS,
    SUPPORT_WORDS,
    measure_rows,
    names_of,
    observation_view,
)
from app.web.team.supervising.here import Here
from app.web.team.supervising.pages import (
    CountOnScreen,
    MarkOnScreen,
    ObservedPage,
    ObservingPage,
    Step,
)

COUNTS = (
    ("questions", "Questions"),
    ("simple_reflections", "Simple reflections"),
    ("complex_reflections", "Complex reflections"),
)
GLOBALS = (
    ("cultivating", "Cultivating change talk"),
    ("softening", "Softening sustain talk"),
    ("partnership", "Partnership"),
    ("empathy", "Empathy"),
)


def observing_page(
    at: Here,
    draft: StoredObservation,
    *,
    today: date,
    form: ObservationForm | None = None,
    fault: str = "",
    fault_at: str = "",
) -> ObservingPage:
    """Shows the form, with what was sent when it could not be kept."""
    shown = form or draft.form
    goals = {goal.id: goal for goal in at.store.goals.of_person(at.person.id)}
    in_plan = {one.wish.competency for one in goals.values() if one.settled_on is None}
    goal = goals.get(draft.goal_id)
    rated_by = yardsticks(at.ratable)
    return ObservingPage(
        full_name=at.person.full_name,
        back=at.record,
        url=at.url("observation", observation_id=draft.id),
        discard_url=at.url("discard_observation", observation_id=draft.id),
        seen=draft.revision,
        saved=f"Saved {say_moment(draft.saved_at)}" if draft.revision else "Nothing to save yet",
        fault=fault,
        fault_at=fault_at,
        goal=goal.wish.goal if goal else "",
        mode=str(shown.mode or ""),
        modes=tuple(MODE_WORDS.items()),
        observed_on=shown.observed_on.isoformat() if shown.observed_on else "",
        today=today.isoformat(),
        supports=tuple((one.value, words) for one, words in SUPPORT_WORDS.items()),
        marks=tuple(
            _mark(at, mark, rated_by.get(mark.competency), in_plan) for mark in shown.marks
        ),
        more=_more(at, in_plan, shown),
        note=shown.note,
        went_well=shown.went_well,
        next_step=shown.next_step,
        counts=_counts(shown.counts, COUNTS, "how many you heard"),
        globals_=_counts(shown.counts, GLOBALS, "1 to 5"),
        measures=measure_rows(shown.counts, at.library.supervision.mi),
        has_counts=not shown.counts.is_empty,
    )


def observed_page(at: Here, observation: StoredObservation) -> ObservedPage:
    """Shows a finished observation, with the way to what follows from it."""
    store = at.store
    ratings = [
        one
        for one in store.ratings.of_people([at.person.id])
        if one.observation_id == observation.id
    ]
    people = {at.person.id, observation.observer_id}
    found = (store.people.find(one) for one in people)
    goals = {goal.id: goal for goal in store.goals.of_person(at.person.id)}
    goal = goals.get(observation.goal_id)
    is_open = goal is not None and goal.settled_on is None
    first = ratings[0].competency if ratings else ""
    return ObservedPage(
        full_name=at.person.full_name,
        back=at.record,
        observation=observation_view(
            observation,
            ratings,
            store.observations.replies([observation.id]),
            library=at.library,
            ratable=at.ratable,
            named=names_of({one.id: one.full_name for one in found if one}),
        ),
        observation_id=observation.id,
        goal=goal.wish.goal if goal and is_open else "",
        goal_url=at.url("settle_goal", goal_id=goal.id) if goal and is_open else "",
        new_goal_url=at.url("new_goal", observation=observation.id, competency=first),
        sign_url=at.url("signing", what=f"competency:{first}"),
    )


def _mark(at: Here, mark: Mark, yardstick: Yardstick | None, in_plan: set[str]) -> MarkOnScreen:
    levels = yardstick.scale.levels if yardstick else ()
    return MarkOnScreen(
        code=mark.competency,
        title=competency_title(at.ratable, mark.competency),
        steps=tuple(Step(str(one.rank), one.title, one.meaning) for one in levels),
        level=str(mark.level or ""),
        support=mark.support or "",
        words=mark.words,
        in_plan=mark.competency in in_plan,
    )


def _more(at: Here, in_plan: set[str], form: ObservationForm) -> dict[str, dict[str, str]]:
    """What can be added, the plan first; what stands in the form already is left out."""
    there = {mark.competency for mark in form.marks}
    groups = competency_groups(at.ratable)
    words = {code: text for group in groups.values() for code, text in group.items()}
    plan = {code: words[code] for code in sorted(in_plan) if code in words}
    found = {"From the plan": plan, **groups}
    return {
        name: left
        for name, group in found.items()
        if (left := {code: text for code, text in group.items() if code not in there})
    }


def _counts(
    counts: MICounts, names: tuple[tuple[str, str], ...], hint: str
) -> tuple[CountOnScreen, ...]:
    told = counts.as_json()
    return tuple(
        CountOnScreen(name, label, hint, "" if told[name] is None else str(told[name]))
        for name, label in names
    )
