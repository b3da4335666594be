"""Gathers what is known of people's competencies, only as far as the reader may see it.

Each source is asked only when the reader may see its kind of rows, so that a supervisor's page
sends no question about practice to the database.
Source: docs/decisions/0021-competency-evidence.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.assignment import Assignment, AssignmentKind
from app.domain.attempt import AttemptKind
from app.domain.competency import CompetencyFramework
from app.domain.competency_counts import competency_counts
from app.domain.errors import DomainError
from app.domain.evidence import (
    RATINGS,
    Answered,
    Decided,
    Evidence,
    EvidenceKind,
    EvidenceReader,
    Noted,
    seen_kinds,
)
from app.domain.framework_view import codes_for
from app.domain.hours import say_minutes
from app.domain.person import Role, Viewer
from app.library.library import Library
from app.services.assigned import asked_of
from app.services.play import open_run
from app.storage.queries.own_answers import OwnAnswer, own_answers
from app.storage.queries.rated_rows import ratings_as_evidence, sign_offs_as_evidence
from app.storage.queries.team_pages import Member, TeamView, names_of_askers
from app.storage.store import Store

# What somebody read or answered says too little to speak for a competency of another framework.
PASSED_ON = RATINGS | {EvidenceKind.CASE, EvidenceKind.SELF_RATING, EvidenceKind.REFLECTION}
EvidenceByPlace = Mapping[tuple[str, str], list[Evidence]]  # by person and competency


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at whom.

    Shape: `teams` hold the people looked at and nobody else; `viewer` is set only when somebody
    looks at themselves.
    """

    library: Library
    framework: CompetencyFramework
    frameworks: Collection[CompetencyFramework]
    teams: tuple[TeamView, ...]
    seen: frozenset[EvidenceKind]
    today: date
    viewer: Viewer | None = None
    in_brief: bool = False
    as_of: datetime | None = None

    @property
    def scale_id(self) -> str:
        """The scale levels are compared on; empty when there is none."""
        scale = self.library.supervision.scale_of(self.framework)
        return scale.id if scale else ""

    @property
    def person_ids(self) -> list[str]:
        """The people looked at."""
        return sorted({member.id for team in self.teams for member in team.members})


def team_evidence(
    store: Store,
    library: Library,
    team: TeamView,
    framework: CompetencyFramework,
    frameworks: Collection[CompetencyFramework],
    *,
    today: date,
    in_brief: bool = False,
) -> EvidenceByPlace:
    """What a supervisor may see of a team, by person and competency.

    In brief it is enough to judge by, without the words a page about one person shows.
    Shape: `team` was opened by its supervisor, so it holds nobody else.
    Cost: five to ten queries, however many people.
    """
    seen = seen_kinds(EvidenceReader.SUPERVISOR)
    looking = Looking(library, framework, frameworks, (team,), seen, today, in_brief=in_brief)
    return _gather(store, looking)


def evidence_as_of(
    store: Store,
    library: Library,
    team: TeamView,
    framework: CompetencyFramework,
    frameworks: Collection[CompetencyFramework],
    *,
    as_of: datetime,
) -> EvidenceByPlace:
    """What a supervisor might see of a team at a moment, by person and competency.

    Shape: `team` holds those looked at and nobody else. What was asked and done comes by its
    day. Cost: as `team_evidence`.
    """
    seen = seen_kinds(EvidenceReader.SUPERVISOR)
    teams, today = (team,), store.day_of(as_of)
    return _gather(store, Looking(library, framework, frameworks, teams, seen, today, as_of=as_of))


def own_evidence(
    store: Store,
    library: Library,
    viewer: Viewer,
    framework: CompetencyFramework,
    frameworks: Collection[CompetencyFramework],
    *,
    today: date,
) -> EvidenceByPlace:
    """Everything known of the viewer's own competencies, practice included.

    Cost: a handful of queries, and the replay of each case they ended.
    """
    return _gather(
        store,
        Looking(
            library,
            framework,
            frameworks,
            own_teams(store, viewer),
            seen_kinds(EvidenceReader.OWN),
            today,
            viewer,
        ),
    )


def own_teams(store: Store, viewer: Viewer) -> tuple[TeamView, ...]:
    """The teams somebody is in, holding nobody but themselves and the supervisors."""
    me = Member(viewer.id, viewer.person.full_name, viewer.person.credential)
    found = []
    for cohort_id in sorted(viewer.cohorts_as(Role.CANDIDATE)):
        cohort = store.cohorts.find(cohort_id)
        if cohort is not None:
            supervisors = store.cohorts.members(cohort_id, Role.SUPERVISOR)
            names = tuple(Member(one.id, one.full_name, one.credential) for one in supervisors)
            found.append(TeamView(cohort.id, cohort.name, (me,), names))
    return tuple(found)


def _gather(store: Store, looking: Looking) -> EvidenceByPlace:
    gathered: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    through = codes_for(looking.framework, looking.frameworks)
    own = {one.code for one in looking.framework.competencies}
    for kinds, source in SOURCES:
        if not kinds & looking.seen:
            continue
        rows = source(store, looking)
        if not kinds <= looking.seen:
            rows = (row for row in rows if row.kind in looking.seen)
        for row in rows:
            code = row.competency
            if code in own:
                gathered[row.person_id, code].append(row)
            if code not in through or row.kind not in PASSED_ON:
                continue
            for code in through[row.competency]:
                passed_on = row._replace(competency=code, via=row.competency)
                gathered[row.person_id, code].append(passed_on)
    return gathered


def _ratings(store: Store, looking: Looking) -> Iterable[Evidence]:
    return ratings_as_evidence(
        store,
        looking.person_ids,
        scale_id=looking.scale_id,
        in_brief=looking.in_brief,
        as_of=looking.as_of,
    )


def _sign_offs(store: Store, looking: Looking) -> Iterable[Evidence]:
    framework = looking.framework
    areas = {
        f"{framework.id}/{group.id}": [one.code for one in framework.members_of(group.id)]
        for group in framework.top_groups
    }
    return sign_offs_as_evidence(
        store,
        looking.person_ids,
        scale_id=looking.scale_id,
        areas=areas,
        as_of=looking.as_of,
    )


def _completions(store: Store, looking: Looking) -> Iterator[Evidence]:
    """What was asked and is done since, by its day. What was done before stays untold."""
    for team in looking.teams:
        people = {member.id for member in team.members}
        askers = names_of_askers(store, team)
        asked = asked_of(store, looking.library, [team.id], today=looking.today, only=_teaches)
        for one in asked.standings:
            if one.person_id not in people or one.done_on is None:
                continue
            codes, version = _taught(looking.library, one.assignment)
            for code in codes:
                yield Evidence(
                    one.person_id,
                    code,
                    EvidenceKind.COMPLETION,
                    one.done_on,
                    Noted(f"Asked by {askers[one.assignment.id]}"),
                    source_id=one.assignment.id,
                    version=version,
                    title=f"{one.target.kind}: {one.target.title}",
                )


def _teaches(assignment: Assignment) -> bool:
    """Says whether a finished assignment speaks for competencies: lessons and cases name them."""
    return assignment.kind in (AssignmentKind.LESSON, AssignmentKind.SCENARIO)


def _taught(library: Library, assignment: Assignment) -> tuple[Sequence[str], str]:
    """The competencies of a lesson or case that is offered, and its version."""
    if assignment.kind is AssignmentKind.LESSON:
        lesson = library.lessons[assignment.target_id]
        return lesson.competencies, lesson.version
    scenario = library.scenarios[assignment.target_id]
    return scenario.competencies, scenario.fingerprint


def _answers(store: Store, looking: Looking) -> Iterator[Evidence]:
    """Right answers by attempt and competency, with the wordings that were asked."""
    if looking.viewer is None:
        return  # answers are for the person's own eyes, whatever a caller asks for
    kinds = {AttemptKind.PRACTICE, AttemptKind.CHECK, AttemptKind.MOCK}
    answers = own_answers(store, looking.viewer.id, kinds=kinds)
    frozen = store.attempts.frozen((one.item_id, one.item_version) for one in answers)
    sorted_out: dict[tuple[str, str], list[OwnAnswer]] = defaultdict(list)
    for one in answers:
        item = frozen.get((one.item_id, one.item_version))
        for code in item.competencies if item else ():
            sorted_out[one.attempt_id, code].append(one)
    for (attempt_id, code), some in sorted_out.items():
        first, is_mock = some[0], some[0].kind == AttemptKind.MOCK
        wordings = sorted({f"{one.item_id} {one.item_version[:8]}" for one in some})
        yield Evidence(
            looking.viewer.id,
            code,
            EvidenceKind.MOCK if is_mock else EvidenceKind.QUIZ,
            max(one.answered_on for one in some),
            Answered(sum(one.is_right for one in some), len(some)),
            source_id=attempt_id,
            version=wordings[0] if len(wordings) == 1 else f"{len(wordings)} wordings",
            title="Questions of a lesson" if first.kind == AttemptKind.CHECK else first.title,
        )


def _cases(store: Store, looking: Looking) -> Iterator[Evidence]:
    """Decisions of ended runs, by competency. A run that cannot be read any more says nothing."""
    if looking.viewer is None:
        return
    for run in store.runs.ended_of([looking.viewer.id]):
        try:
            in_play = open_run(store, looking.viewer, run.id)
        except DomainError:
            continue
        for count in competency_counts(in_play.scenario, in_play.replay):
            if count.reached and run.ended_at is not None:
                yield Evidence(
                    looking.viewer.id,
                    count.code,
                    EvidenceKind.CASE,
                    store.day_of(run.ended_at),
                    Decided(count.met, count.reached, count.possible),
                    source_id=run.id,
                    version=run.revision,
                    title=f"Case: {in_play.scenario.title}",
                )


def _trainings(store: Store, looking: Looking) -> Iterator[Evidence]:
    """Training that people noted themselves: it supports, and decides nothing."""
    for one in store.education.of_people(looking.person_ids, as_of=looking.as_of):
        framework_id, _, group = one.area.partition("/")
        framework = looking.library.frameworks.get(framework_id)
        for competency in framework.members_of(group) if framework else ():
            told = f"{say_minutes(one.minutes)}, {one.provider}" if one.provider else ""
            yield Evidence(
                one.person_id,
                competency.code,
                EvidenceKind.CERTIFICATE,
                one.done_on,
                Noted(told or say_minutes(one.minutes)),
                source_id=one.id,
                title=f"Training: {one.title}",
            )


def _reflections(store: Store, looking: Looking) -> Iterator[Evidence]:
    """What somebody wrote after cases. It stays their own."""
    if looking.viewer is None:
        return
    for one in store.runs.commitments(looking.viewer.id):
        scenario = looking.library.scenarios.get(one.scenario_id)
        for code in scenario.competencies if scenario else ():
            yield Evidence(
                looking.viewer.id,
                code,
                EvidenceKind.REFLECTION,
                store.day_of(one.made_at),
                Noted(one.words),
                source_id=one.run_id,
                title=f"After the case: {scenario.title}" if scenario else "",
            )


# Which kinds of rows each source can give. A source is asked only if one of them may be seen.
SOURCES: tuple[
    tuple[frozenset[EvidenceKind], Callable[[Store, Looking], Iterable[Evidence]]], ...
] = (
    (RATINGS - {EvidenceKind.SIGN_OFF} | {EvidenceKind.SELF_RATING}, _ratings),
    (frozenset({EvidenceKind.SIGN_OFF}), _sign_offs),
    (frozenset({EvidenceKind.COMPLETION}), _completions),
    (frozenset({EvidenceKind.QUIZ, EvidenceKind.MOCK}), _answers),
    (frozenset({EvidenceKind.CASE}), _cases),
    (frozenset({EvidenceKind.CERTIFICATE}), _trainings),
    (frozenset({EvidenceKind.REFLECTION}), _reflections),
)
