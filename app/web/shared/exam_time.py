"""The form that sets a person's exam time; supervisors and administrators meet the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.exam_clock import Allowance
from app.storage.sittings import SetAllowance
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_moment
from app.web.shared.inputs import ExamTimeInput
from app.web.shared.part_data import FieldFault


@dataclass(frozen=True, slots=True)
class ExamTimeCard:
    """The form with what was set before."""

    form: ExamTimeInput
    faults: tuple[FieldFault, ...]
    action_url: str
    history: tuple[str, ...]


def exam_time_card(
    settings: Sequence[SetAllowance], action_url: str, form: ExamTimeInput | None = None
) -> ExamTimeCard:
    """Puts a person's exam time on screen. Shape: settings newest first."""
    if form is None:
        now = settings[0].allowance if settings else Allowance()
        form = ExamTimeInput(
            formdata=None, extra_percent=now.extra_percent, break_minutes=now.break_minutes
        )
    history = tuple(
        f"{say_moment(one.set_at)}: {one.allowance.extra_percent} % extra, "
        f"{one.allowance.break_minutes} minutes of breaks"
        for one in settings
    )
    return ExamTimeCard(form, field_faults(form), action_url, history)
