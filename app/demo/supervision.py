"""The chain of supervision for the demo: each step of it, at Ana, and a part of it at Luis."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.demo.activity import Month
from app.demo.cast import DEMO_PASSWORD
from app.domain.credential import Credential
from app.domain.development_goal import GoalState, GoalWish
from app.domain.mi_counts import MICounts
from app.domain.observation import Mark, ObservationForm, ObservationMode, Support
from app.domain.observation_frequency import DAYS
from app.domain.person import Role, Viewer
from app.domain.supervision_contract import ContractTerms
from app.services import observing, rating, signing, supervision
from app.services.observing import ObservationWish, SentDraft
from app.services.rating import SelfRating
from app.services.signing import Proof, SignOffWish
from app.services.supervised import Place, Sent
from app.services.supervision import GoalEnd
from app.services.yardsticks import COMPETENCY, ratable_of, target_of

CONFIDENTIALITY, FAMILY, INTERVIEWING = "CONF", "FAM", "MI"


def supervise(month: Month) -> None:
    """Plays the chain: contract, plan, four looks, feedback, self-rating, sign-off, a request."""
    if not {CONFIDENTIALITY, FAMILY, INTERVIEWING} <= month.library.competencies.keys():
        return
    cora, ana = month.viewers["cora"], month.viewers["ana"]
    place = _place(cora, ana)
    _licence(month, cora)
    _contract(month, cora, ana, place)
    _goals(month, cora, place)
    first = _look(month, cora, place, 0.3, _beginning(month.day(0.3)))
    _answer(month, ana, first, 0.32)
    _look(month, cora, place, 0.5, _phone_calls(month.day(0.5)))
    _look(month, cora, place, 0.62, _chart(month.day(0.62)))
    _look_again(month, cora, place)
    _sign(month, cora, place)
    _wish(month, ana)
    _begun(month, cora, month.viewers["luis"])


def _place(supervisor: Viewer, candidate: Viewer) -> Place:
    team = next(iter(supervisor.cohorts_as(Role.SUPERVISOR)))
    return Place(team, candidate.id)


def _at(month: Month, share: float, hour: int = 15) -> datetime:
    return month.at(month.day(share), hour, 10)


def _sent(month: Month, name: str, share: float, hour: int = 15) -> Sent:
    return Sent(f"demo-{name}", _at(month, share, hour))


def _licence(month: Month, cora: Viewer) -> None:
    store, now = month.store, _at(month, 0.0, 9)
    held = Credential(
        id=store.new_id(now),
        person_id=cora.id,
        kind="CCS",
        number="CCS-0417",
        issuer="NCASPPB",
        issued_on=month.first_day - timedelta(days=300),
        expires_on=month.first_day + timedelta(days=430),
    )
    with store.writing():
        if not store.credentials.of_person(cora.id):
            store.credentials.add(held, by=cora.id, now=now)


def _contract(month: Month, cora: Viewer, ana: Viewer, place: Place) -> None:
    terms = ContractTerms(
        purpose="Supervised practice toward the LCAS license, and safe work with clients.",
        goals="Work with families and releases with confidence; use MI in first meetings.",
        site="Eastside outpatient program, groups and individual sessions.",
        modality="Individual, in person; every fourth meeting by live video.",
        frequency="One hour each week, and one observation every two weeks.",
        ethics="NCASPPB rules and 42 CFR Part 2. No client is named in these records.",
        criteria="The practice competencies of the plan, on five steps from Understands.",
        methods="Live observation, recordings with consent, chart review, role-play.",
        starts_on=month.first_day,
        ends_on=month.first_day + timedelta(days=365),
        observed=f"{DAYS}14",
    )
    supervision.write_contract(
        *(month.store, cora, place, terms),
        library=month.library,
        seen_number=0,
        sent=_sent(month, "contract", 0.02, 9),
    )
    for stored in month.store.contracts.of_person(ana.id):
        supervision.accept_contract(month.store, ana, stored.contract.id, now=_at(month, 0.03, 11))


def _goals(month: Month, cora: Viewer, place: Place) -> None:
    for name, code, goal, steps, share in (
        (
            "goal-1",
            CONFIDENTIALITY,
            "Checks the release before anything is said, also on the phone",
            "Read the lesson on consent; play two calls in role-play; watch one call of Cora’s.",
            0.75,
        ),
        (
            "goal-2",
            INTERVIEWING,
            "Reflects more than she asks in a first meeting",
            "Count reflections and questions in one recorded meeting a week.",
            0.9,
        ),
    ):
        wish = GoalWish(code, goal, steps, month.last_day + timedelta(days=30), month.day(share))
        supervision.set_goal(month.store, cora, place, wish, month.library, _sent(month, name, 0.1))


def _look(
    month: Month,
    cora: Viewer,
    place: Place,
    share: float,
    form: ObservationForm,
    *,
    goal_id: str = "",
) -> str:
    now = _at(month, share)
    draft = observing.start_observation(month.store, cora, place, goal_id=goal_id, now=now)
    done = observing.finish_observation(
        month.store,
        cora,
        place,
        draft.id,
        SentDraft(form, draft.revision),
        library=month.library,
        now=now + timedelta(minutes=3),
    )
    return done.id


def _beginning(day: date) -> ObservationForm:
    return ObservationForm(
        mode=ObservationMode.LIVE,
        observed_on=day,
        marks=(
            Mark(CONFIDENTIALITY, 2, Support.PROMPTS, "Asked about the release after I looked up."),
            Mark(INTERVIEWING, 2, Support.ALONE, "Warm start, then a run of closed questions."),
        ),
        went_well="You made room for the worry before any form came out. That was why the talk "
        "went on.",
        next_step="Before you answer a relative, say out loud what you may say and look for the "
        "release.",
        counts=MICounts(14, 6, 3, 3, 3, 4, 4),
    )


def _phone_calls(day: date) -> ObservationForm:
    return ObservationForm(
        mode=ObservationMode.RECORDED,
        observed_on=day,
        marks=(
            Mark(CONFIDENTIALITY, 3, Support.ALONE, "Checked the release first, both times."),
            Mark(FAMILY, 2, Support.PROMPTS, "Invited the sister before asking who matters."),
        ),
        went_well="Two calls, twice the release before a word. It sounded kind, not like a rule.",
        next_step="Ask the client who should be invited, and note their words.",
    )


def _chart(day: date) -> ObservationForm:
    return ObservationForm(
        mode=ObservationMode.CHART_REVIEW,
        observed_on=day,
        marks=(Mark(CONFIDENTIALITY, 3, Support.ALONE, "Every disclosure noted, with its end."),),
        went_well="The notes say what was disclosed, to whom, and until when.",
        next_step="Write the end of a release where the next reader finds it first.",
    )


def _look_again(month: Month, cora: Viewer, place: Place) -> None:
    goals = month.store.goals.of_person(place.person_id)
    goal = next(one for one in goals if one.wish.competency == CONFIDENTIALITY)
    day = month.day(0.75)
    form = ObservationForm(
        mode=ObservationMode.LIVE,
        observed_on=day,
        marks=(Mark(CONFIDENTIALITY, 3, Support.ALONE, "Steady, also under pressure."),),
        went_well="The caller pushed three times. You stayed with what the release allows.",
        next_step="Show Luis how you open such a call.",
    )
    seen = _look(month, cora, place, 0.75, form, goal_id=goal.id)
    end = GoalEnd(
        GoalState.DEMONSTRATED, "Steady over three looks, two of them heard or seen.", seen
    )
    supervision.settle_goal(month.store, cora, place, goal.id, end, now=_at(month, 0.75, 16))


def _answer(month: Month, ana: Viewer, observation_id: str, share: float) -> None:
    observing.confirm_reading(month.store, ana, observation_id, now=_at(month, share, 18))
    observing.comment(
        month.store,
        ana,
        observation_id,
        "True about the questions. I was nervous with you in the room.",
        sent=_sent(month, "comment", share, 18),
    )
    for name, code, level in (("self-1", CONFIDENTIALITY, 3), ("self-2", INTERVIEWING, 4)):
        wish = SelfRating(code, level, "Goes by the talks of the last two weeks.")
        rating.rate_oneself(
            month.store, ana, wish, month.library, sent=_sent(month, name, share, 18)
        )


def _sign(month: Month, cora: Viewer, place: Place) -> None:
    target = target_of(ratable_of(month.store, month.library), COMPETENCY, CONFIDENTIALITY)
    wish = SignOffWish(
        target,
        target.yardstick.scale.competent,
        "I have seen Ana check law and release before anything is said, in routine calls.",
        "",
    )
    proof = Proof(cora.person.full_name, DEMO_PASSWORD, "")
    signing.sign_off(
        month.store,
        cora,
        place,
        wish,
        proof,
        library=month.library,
        sent=_sent(month, "sign", 0.8),
    )


def _wish(month: Month, ana: Viewer) -> None:
    wish = ObservationWish(
        FAMILY, "A first meeting with two relatives is planned.", month.last_day + timedelta(days=9)
    )
    observing.ask_for_observation(
        month.store, ana, wish, month.library, sent=_sent(month, "wish", 0.95)
    )


def _begun(month: Month, cora: Viewer, luis: Viewer) -> None:
    """A draft that lies open: Cora was called away."""
    place, now = _place(cora, luis), _at(month, 0.9)
    draft = observing.start_observation(month.store, cora, place, now=now)
    form = ObservationForm(
        mode=ObservationMode.CO_THERAPY,
        observed_on=month.day(0.9),
        marks=(Mark(FAMILY, None, None, "Let both brothers finish."),),
    )
    observing.save_draft(
        month.store, cora, place, draft.id, SentDraft(form, draft.revision), now=now
    )
