"""What a run looks like afterwards: the path, each decision beside an expert's, and what was told.

Built from the case and the replayed moves alone, so it says the same whenever it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.competency_counts import (
    CompetencyCount,
    Observation,
    competency_counts,
    decision_total,
    observations,
)
from app.domain.play_state import covering_consent
from app.domain.run import (
    ACTIVITY,
    CHOICE,
    Replay,
    ReplayStep,
    counted_rate,
    in_shown_order,
    is_open,
)
from app.domain.run_scene import ShownBlock, shown_blocks
from app.domain.scenario import HIGHEST_RATING, Choice, Scenario, Scene
from app.domain.scenario_activity import Activity, Sct, kind_of, prompt_of
from app.domain.scenario_answer import ExpectationNote, read_answer, weigh_answer
from app.domain.scenario_vocabulary import ConsentStatus, EndingKind, Show, Value
from app.domain.scenario_walk import Answer

REFLECTIONS = frozenset({"simple", "complex"})  # MI utterances counted as reflections
QUESTIONS = frozenset({"open", "closed"})  # and as questions


@dataclass(frozen=True, slots=True)
class SceneMet:
    """One scene on the path. Units: `visit` counts from 1."""

    scene: str
    title: str
    visit: int
    step: int  # moves made before arriving


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """A choice as the debrief tells it. None: `rate` is None when it is not scored."""

    id: str
    label: str
    rate: int | None
    feedback: str
    why: str
    was_open: bool


@dataclass(frozen=True, slots=True)
class DecisionReview:
    """One choice that was taken, beside what an expert would do.

    Shape: `expert` is empty when the scene is not scored; `shown` lists every choice the
    learner could see, in the order of the run. `counts` is False for practice: a retry or a
    second pass.
    """

    scene: str
    title: str
    step: int
    taken: ChoiceShown
    expert: tuple[ChoiceShown, ...]
    shown: tuple[ChoiceShown, ...]
    counts: bool
    critical: str = ""
    breach: str = ""
    mi: str = ""

    @property
    def is_expert(self) -> bool:
        """Says whether the learner did what an expert would do."""
        return self.taken.rate == HIGHEST_RATING


@dataclass(frozen=True, slots=True)
class ActivityReview:
    """One answered activity beside what its author expected.

    Units: `share` is a proportion 0–1. None: `share` is None when the answer is not scored.
    Shape: `panel` holds the judgments of clinicians, for sct only.
    """

    scene: str
    title: str
    step: int
    kind: str
    ask: str
    answer: Answer
    share: float | None
    notes: tuple[ExpectationNote, ...]
    feedback: str
    panel: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DisclosureEntry:
    """A topic told to a person.

    Shape: `covered_by` is a consent id, empty when none covered it; then `ground` may be the id
    of a lawful ground.
    """

    scene: str
    step: int
    choice: str
    topic: str
    sentence: str
    person: str
    covered_by: str
    ground: str
    breach: str


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """A consent that stood differently after a move."""

    step: int
    consent: str
    status: ConsentStatus


@dataclass(frozen=True, slots=True)
class CriticalError:
    """An error that no good decision elsewhere averages away."""

    scene: str
    step: int
    choice: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownVariable:
    """A state variable over the run. Shape: one value before the first move, one after each."""

    name: str
    label: str
    values: tuple[Value, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class DebriefText:
    """A part of the written debrief, with the text that holds for this run."""

    title: str
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """A run looked back upon.

    Units: `decision_total` is a sum of ratings 0–3; ending quality is told apart from it.
    None: `ending` is None while the run goes on.
    """

    ending: EndingKind | None
    ending_scene: str
    ending_title: str
    path: tuple[SceneMet, ...]
    decisions: tuple[DecisionReview, ...]
    activities: tuple[ActivityReview, ...]
    disclosures: tuple[DisclosureEntry, ...]
    consents: tuple[ConsentEntry, ...]
    criticals: tuple[CriticalError, ...]
    observations: tuple[Observation, ...]
    competencies: tuple[CompetencyCount, ...]
    variables: tuple[ShownVariable, ...]
    parts: tuple[DebriefText, ...]
    decision_total: int
    reflections: int
    questions: int


def make_debrief(scenario: Scenario, run: Replay) -> Debrief:
    """Looks back on a run, ended or not."""
    last = run.state
    ending = scenario.scene(last.scene) if last.has_ended else None
    decisions = tuple(_decisions(scenario, run))
    tags = [decision.mi for decision in decisions]
    return Debrief(
        ending=last.ending,
        ending_scene=ending.id if ending else "",
        ending_title=ending.title if ending else "",
        path=tuple(_path(scenario, run)),
        decisions=decisions,
        activities=tuple(_activities(scenario, run)),
        disclosures=tuple(_disclosures(scenario, run)),
        consents=tuple(_consents(run)),
        criticals=tuple(_criticals(decisions)),
        observations=observations(scenario, run),
        competencies=competency_counts(scenario, run),
        variables=tuple(_variables(scenario, run)),
        parts=tuple(
            DebriefText(part.title, shown_blocks(scenario, part.blocks, last))
            for part in scenario.debrief
        ),
        decision_total=decision_total(scenario, run),
        reflections=sum(tag in REFLECTIONS for tag in tags),
        questions=sum(tag in QUESTIONS for tag in tags),
    )


def _path(scenario: Scenario, run: Replay) -> Iterator[SceneMet]:
    visits: dict[str, int] = {}
    arrivals = [(run.start.scene, 0)]
    moved = (step for step in run.steps if step.move.kind != ACTIVITY)
    arrivals += [(step.after.scene, step.after.step) for step in moved]
    for scene, step in arrivals:
        visits[scene] = visits.get(scene, 0) + 1
        yield SceneMet(scene, scenario.scene_by_id[scene].title, visits[scene], step)


def _choices(scenario: Scenario, run: Replay) -> Iterator[tuple[int, Scene, Choice, ReplayStep]]:
    """Every choice taken, with its number among the moves from 0."""
    for number, step in enumerate(run.steps):
        scene = scenario.scene_by_id[step.before.scene]
        choice = scene.choice(step.move.choice_id) if step.move.kind == CHOICE else None
        if choice is not None:
            yield number, scene, choice, step


def _decisions(scenario: Scenario, run: Replay) -> Iterator[DecisionReview]:
    for number, scene, choice, step in _choices(scenario, run):
        seen = [
            told(one, is_open=is_open(one, step.before))
            for one in in_shown_order(scene, seed=step.before.seed)
            if one.locked or is_open(one, step.before)
        ]
        experts = [
            told(one, is_open=is_open(one, step.before))
            for one in scene.scored_choices
            if one.rate == HIGHEST_RATING
        ]
        # What was closed to this learner is shown only when no expert choice was open.
        open_experts = [one for one in experts if one.was_open]
        yield DecisionReview(
            scene=scene.id,
            title=scene.title,
            step=number,
            taken=told(choice, is_open=True),
            expert=tuple(open_experts or experts),
            shown=tuple(seen),
            counts=counted_rate(scene, step.before, choice) is not None,
            critical=choice.critical,
            breach=choice.breach,
            mi=choice.mi,
        )


def told(choice: Choice, *, is_open: bool) -> ChoiceShown:
    """A choice with what only the debrief tells of it."""
    rate = choice.rate if choice.is_scored else None
    return ChoiceShown(choice.id, choice.label, rate, choice.feedback, choice.why, is_open)


def _activities(scenario: Scenario, run: Replay) -> Iterator[ActivityReview]:
    for number, step in enumerate(run.steps):
        scene = scenario.scene_by_id[step.before.scene]
        if step.move.kind == ACTIVITY and scene.activity is not None:
            yield _reviewed(scene, scene.activity, step.move.answer or {}, number)


def _reviewed(scene: Scene, activity: Activity, raw: Answer, number: int) -> ActivityReview:
    answer = read_answer(activity, raw)
    weighed = weigh_answer(activity, answer)
    return ActivityReview(
        scene=scene.id,
        title=scene.title,
        step=number,
        kind=kind_of(activity),
        ask=prompt_of(activity),
        answer=answer,
        share=weighed.share,
        notes=weighed.notes,
        feedback=activity.feedback,
        panel=activity.panel if isinstance(activity, Sct) else (),
    )


def _disclosures(scenario: Scenario, run: Replay) -> Iterator[DisclosureEntry]:
    sentences = {fact.topic: fact.sentence for fact in scenario.facts}
    for number, scene, choice, step in _choices(scenario, run):
        for position, disclosure in enumerate(choice.disclosures):
            consent = covering_consent(scenario, step.before, choice, position)
            yield DisclosureEntry(
                scene=scene.id,
                step=number,
                choice=choice.id,
                topic=disclosure.topic,
                sentence=sentences.get(disclosure.topic, disclosure.topic),
                person=disclosure.person,
                covered_by=consent.id if consent else "",
                ground=choice.ground if choice.is_lawful and not consent else "",
                breach="" if consent or choice.is_lawful else choice.breach,
            )


def _consents(run: Replay) -> Iterator[ConsentEntry]:
    for number, step in enumerate(run.steps):
        for consent, status in step.after.consents.items():
            if step.before.status_of(consent) is not status:
                yield ConsentEntry(number, consent, status)


def _criticals(decisions: tuple[DecisionReview, ...]) -> Iterator[CriticalError]:
    for one in decisions:
        if one.critical:
            taken = one.taken
            yield CriticalError(one.scene, one.step, taken.id, taken.label, one.critical)


def _variables(scenario: Scenario, run: Replay) -> Iterator[ShownVariable]:
    states = [run.start, *(step.after for step in run.steps)]
    for variable in scenario.state:
        if variable.show is not Show.NEVER:
            values = tuple(state.values[variable.name] for state in states)
            label = variable.label or variable.name
            yield ShownVariable(variable.name, label, values, variable.low, variable.high)
