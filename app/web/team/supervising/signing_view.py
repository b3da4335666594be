"""Puts signing off on screen: what can be signed, what it would rest on, what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.competency_requirement import LevelRule
from app.domain.errors import DomainError
from app.domain.rating import Rating
from app.services.signing import Basis, basis_of, found_sign_off
from app.services.yardsticks import AREA, Ratable, Target, target_of
from app.web.shared.competency_choices import competency_groups
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_short_day
from app.web.shared.form_keys import new_form_key
from app.web.shared.observation_view import MODE_WORDS, names_of
from app.web.shared.part_data import Cell
from app.web.shared.sign_off_view import sign_off_view
from app.web.shared.typed import whole_number
from app.web.team.supervising.here import Here
from app.web.team.supervising.inputs import SignOffChoiceInput, SignOffInput
from app.web.team.supervising.pages import Row, SignedPage, SigningPage


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be signed, at which level."""

    target: Target
    level: int


def chosen_target(at: Here, asked: Mapping[str, str]) -> Chosen | None:
    """Reads what was chosen: `competency:TAP21-33` or `area:TAP21/PD3`. None: nothing (yet)."""
    kind, _, code = asked.get("what", "").partition(":")
    level = asked.get("level", "")
    try:
        target = target_of(at.ratable, kind, code)
    except DomainError:
        return None
    scale = target.yardstick.scale
    return Chosen(target, whole_number(level) or scale.competent)


def signing_page(
    at: Here, chosen: Chosen | None, *, today: date, form: SignOffInput | None = None
) -> SigningPage:
    """Shows what a sign-off would rest on, before it is signed.

    Raises: InvalidInput for a level outside the scale.
    """
    shown = form or SignOffInput()
    basis = _basis(at, chosen, today)
    if chosen is not None and basis is not None and form is None:
        shown.statement.data = (
            f"I have seen {at.person.full_name} do this at the level "
            f"“{basis.level.title}”: {basis.level.meaning}"
        )
    what = f"{chosen.target.kind}:{chosen.target.code}" if chosen else ""
    level = str(chosen.level) if chosen else ""
    return SigningPage(
        full_name=at.person.full_name,
        back=at.record,
        choice=_choice(at.ratable, chosen, what, level),
        target=f"{chosen.target.code}: {chosen.target.title}" if chosen else "",
        level=basis.level.title if basis else "",
        meaning=basis.level.meaning if basis else "",
        evidence=_evidence(at, basis) if basis else (),
        missing=basis.missing if basis else (),
        minimum=_minimum(chosen),
        credential=basis.credential.words if basis and basis.credential else "",
        refusal=basis.refusal if basis else "",
        signer=at.viewer.person.full_name,
        form=shown,
        faults=field_faults(shown),
        hidden={"what": what, "level": level},
        form_key=new_form_key(),
    )


def signed_page(at: Here, sign_off_id: str, *, fault: str = "") -> SignedPage:
    """Shows a sign-off. Raises: NotFound unless it is of this person."""
    signed = found_sign_off(at.store, at.viewer, at.place, sign_off_id)
    entries = at.store.sign_offs.entries([signed.id])
    people = {signed.signed_by, *(entry.by for entry in entries)}
    found = (at.store.people.find(one) for one in people)
    return SignedPage(
        full_name=at.person.full_name,
        back=at.record,
        signed=sign_off_view(
            signed,
            entries,
            at.viewer.id,
            ratable=at.ratable,
            named=names_of({one.id: one.full_name for one in found if one}),
        ),
        url=at.url("signed_off", sign_off_id=signed.id),
        form_key=new_form_key(),
        fault=fault,
    )


def _basis(at: Here, chosen: Chosen | None, today: date) -> Basis | None:
    if chosen is None:
        return None
    return basis_of(
        at.store,
        at.viewer,
        at.place,
        chosen.target,
        level=chosen.level,
        library=at.library,
        today=today,
    )


def _choice(ratable: Ratable, chosen: Chosen | None, what: str, level: str) -> SignOffChoiceInput:
    form = SignOffChoiceInput(formdata=None, what=what, level=level)
    areas = {
        f"{framework.title}, whole areas": {
            f"{AREA}:{framework.id}/{group.id}": group.title for group in framework.top_groups
        }
        for framework in ratable.frameworks.values()
        if framework.top_groups and ratable.rules.scale_of(framework) is not None
    }
    ones = {
        name: {f"competency:{code}": words for code, words in group.items()}
        for name, group in competency_groups(ratable).items()
    }
    form.what.choices = {"": "Choose a competency or an area", **areas, **ones}
    if chosen is not None:
        levels = chosen.target.yardstick.scale.levels
        form.level.choices = [(str(one.rank), one.title) for one in levels]
    return form


def _evidence(at: Here, basis: Basis) -> tuple[Row, ...]:
    seen = {one.id: one for one in at.store.observations.finished_of([at.person.id])}
    raters = {one.rater_id for one in basis.ratings}
    people = (at.store.people.find(one) for one in raters)
    named = names_of({one.id: one.full_name for one in people if one})

    def row(rating: Rating) -> Row:
        form = seen[rating.observation_id].form
        counts = rating.level >= basis.level.rank
        day = say_short_day(form.observed_on) if form.observed_on else ""
        return (
            Cell(
                f"{rating.competency} on {day}",
                url=at.url("observation", observation_id=rating.observation_id),
            ),
            Cell(rating.level_title, state="met" if counts else "below"),
            MODE_WORDS.get(str(form.mode), ""),
            Cell(named(rating.rater_id), detail=rating.rater_credential),
        )

    return tuple(row(one) for one in reversed(basis.ratings))


def _minimum(chosen: Chosen | None) -> str:
    rules = chosen.target.yardstick.rules if chosen else None
    if chosen is None or rules is None:
        return ""
    rule: LevelRule = rules.for_level(chosen.level)
    several = len(chosen.target.codes)
    parts = [
        *([f"for each of its {several} competencies"] if several > 1 else []),
        f"{rule.observations} observations at this level or above",
        f"on {rule.dates} different days",
    ]
    if rule.direct:
        parts.append(
            f"{rule.direct} of them seen directly ({', '.join(sorted(rules.direct_modes))})"
        )
    if rule.raters > 1:
        parts.append(f"by {rule.raters} observers where the team has as many supervisors")
    return f"{', '.join(parts)}. {rules.why}"
