"""Routes of contract and development plan."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from app.domain.development_goal import GoalState, GoalWish
from app.domain.errors import Conflict, InvalidInput
from app.domain.observation_frequency import AGREED_DAYS, DAYS
from app.services import supervision as chain
from app.services.supervision import GoalEnd
from app.storage.supervision_contracts import OBSERVED, WORDS, StoredContract
from app.web.shared.clock import now
from app.web.shared.competency_choices import competency_groups
from app.web.shared.faults import field_faults, put_fault
from app.web.shared.form_keys import new_form_key, sent_form
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.site_days import site_today
from app.web.shared.typed import whole_number
from app.web.team.door import bp
from app.web.team.supervising.finding import seen_observation
from app.web.team.supervising.here import Here, here
from app.web.team.supervising.inputs import ContractInput, GoalInput
from app.web.team.supervising.pages import ContractPage, GoalPage
from app.web.team.supervising.record_view import record_page

A_YEAR, A_MONTH = timedelta(days=365), timedelta(days=28)


@bp.get("/<cohort_id>/people/<person_id>/contract")
def contract(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    return _contract_page(at, _contract_form(at))


@bp.post("/<cohort_id>/people/<person_id>/contract")
def write_contract(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    form = _with_frequencies(at, ContractInput())
    if form.validate():
        seen = request.form.get("seen", "")
        try:
            chain.write_contract(
                at.store,
                at.viewer,
                at.place,
                form.terms(),
                library=at.library,
                seen_number=whole_number(seen) or 0,
                sent=sent_form(),
            )
        except (InvalidInput, Conflict) as refused:
            places = {
                f"contract-{name}": name for name in (*WORDS, OBSERVED, "starts_on", "ends_on")
            }
            put_fault(form, refused, {**places, "": "purpose"})
            return _contract_page(at, form, 409 if isinstance(refused, Conflict) else 422)
        return redirect_with(at.url("supervision"), "contract-written")
    return _contract_page(at, form, 422)


@bp.get("/<cohort_id>/people/<person_id>/goals/new")
def new_goal(cohort_id: str, person_id: str) -> Response:
    at, today = here(cohort_id, person_id), site_today()
    form = _goal_form(
        at,
        competency=request.args.get("competency", ""),
        target_on=today + 2 * A_MONTH,
        reobserve_on=today + A_MONTH,
    )
    return _goal_page(at, form, request.args.get("observation", ""))


@bp.post("/<cohort_id>/people/<person_id>/goals/new")
def add_goal(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    form, observation_id = _goal_form(at), request.args.get("observation", "")
    if form.validate() and form.target_on.data and form.reobserve_on.data:
        wish = GoalWish(
            form.competency.data or "",
            form.goal.data or "",
            form.steps.data or "",
            form.target_on.data,
            form.reobserve_on.data,
            observation_id,
        )
        try:
            chain.set_goal(at.store, at.viewer, at.place, wish, at.library, sent_form())
        except InvalidInput as refused:
            names = ("competency", "goal", "steps", "target_on", "reobserve_on")
            put_fault(form, refused, {**{f"goal-{name}": name for name in names}, "": "goal"})
        else:
            return redirect_with(at.url("supervision"), "goal-set")
    return _goal_page(at, form, observation_id, 422)


@bp.post("/<cohort_id>/people/<person_id>/goals/<goal_id>")
def settle_goal(cohort_id: str, person_id: str, goal_id: str) -> Response:
    at, sent = here(cohort_id, person_id), request.form
    known = {state.value for state in GoalState}
    state = GoalState(sent["state"]) if sent.get("state") in known else GoalState.OPEN
    end = GoalEnd(state, sent.get("words", ""), sent.get("observation", ""))
    try:
        chain.settle_goal(at.store, at.viewer, at.place, goal_id, end, now=now())
    except InvalidInput as refused:
        page = record_page(at, today=site_today(), fault=refused.user_message)
        return render_page("team/supervising/record.html", page, 422)
    return redirect_with(at.url("supervision"), "goal-settled")


def _contract_form(at: Here) -> ContractInput:
    """The newest version of the viewer's contract to change, or an empty one."""
    newest = _newest(at)
    today = site_today()
    if newest is None:
        return _with_frequencies(at, ContractInput(starts_on=today, ends_on=today + A_YEAR))
    return _with_frequencies(at, ContractInput(obj=newest.contract.terms))


def _with_frequencies(at: Here, form: ContractInput) -> ContractInput:
    known = at.library.supervision.frequencies
    form.observed.choices = {
        "": "as it says in words alone",
        **{f"{DAYS}{days}": f"every {days} days" for days in AGREED_DAYS},
        **{one.id: one.title for one in known.values()},
    }
    return form


def _newest(at: Here) -> StoredContract | None:
    own = [
        one
        for one in at.store.contracts.of_person(at.person.id)
        if one.contract.supervisor_id == at.viewer.id
    ]
    return max(own, key=lambda one: one.contract.number, default=None)


def _contract_page(at: Here, form: ContractInput, status: int = 200) -> Response:
    newest = _newest(at)
    page = ContractPage(
        full_name=at.person.full_name,
        back=at.record,
        form=form,
        faults=field_faults(form),
        seen=newest.contract.number if newest else 0,
        form_key=new_form_key(),
    )
    return render_page("team/supervising/contract.html", page, status)


def _goal_form(at: Here, **given: object) -> GoalInput:
    form = GoalInput(**given)
    form.competency.choices = {"": "Choose a competency", **competency_groups(at.ratable)}
    return form


def _goal_page(at: Here, form: GoalInput, observation_id: str, status: int = 200) -> Response:
    next_step = ""
    if observation_id:
        next_step = seen_observation(at, observation_id).form.next_step
    page = GoalPage(
        full_name=at.person.full_name,
        back=at.record,
        form=form,
        faults=field_faults(form),
        next_step=next_step,
        form_key=new_form_key(),
    )
    return render_page("team/supervising/goal.html", page, status)
