"""What the form of requirements may send. Shape only; the rules are in the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.competency_requirement import Requirement
from app.services.competencies import LONGEST_VALIDITY, Judging
from app.web.shared.part_data import FieldFault
from app.web.shared.typed import whole_number

LEVEL, MONTHS, MORE = "level-", "months-", "more"
UNSAID = ""  # for everybody: not required; for a credential: as for everybody


@dataclass(frozen=True, slots=True)
class AskedRead:
    """A form as it was read. Shape: the requirements of other roles are kept as they were."""

    requirements: tuple[Requirement, ...]
    faults: tuple[FieldFault, ...]


def read_asked(form: Mapping[str, str], by: Judging, *, role: str) -> AskedRead:
    """Reads the levels and validities of a form."""
    faults: list[FieldFault] = []
    kept = [one for one in (by.asked.requirements if by.asked else ()) if one.role != role]
    targets = [name.removeprefix(LEVEL) for name in form if name.startswith(LEVEL)]
    if form.get(MORE):
        targets = [one for one in targets if one not in (MORE, form[MORE])]
    else:
        targets = [one for one in targets if one != MORE]
    wanted = [(one, form[f"{LEVEL}{one}"], form.get(f"{MONTHS}{one}", "")) for one in targets]
    if form.get(MORE):
        level, months = form.get(f"{LEVEL}{MORE}", ""), form.get(f"{MONTHS}{MORE}", "")
        wanted.append((form[MORE], level, months))
    for target, level, months in wanted:
        if level == UNSAID:
            continue
        rank = whole_number(level)
        if rank is None:
            faults.append(FieldFault(f"{LEVEL}{target}", f"{target}: choose one of the levels."))
        elif months and not 1 <= (whole_number(months) or 0) <= LONGEST_VALIDITY:
            told = f"{target}: months are a number from 1 to {LONGEST_VALIDITY}, or empty."
            faults.append(FieldFault(f"{MONTHS}{target}", told))
        else:
            lasts = whole_number(months)
            kept.append(Requirement(by.framework.id, target, rank, role, lasts))
    return AskedRead(tuple(kept), tuple(faults))
