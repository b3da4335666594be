"""Who opened whose record in the demo's month."""

from __future__ import annotations

from datetime import timedelta

from app.demo.activity import Month
from app.services.record_looks import keep_look

# Who, whose, what, how many days ago.
LOOKS = (
    ("cora", "ana", "overview", 12),
    ("cora", "ana", "competencies", 12),
    ("cora", "ana", "overview", 3),
    ("cora", "ana", "hours", 3),
    ("eli", "ana", "account", 8),
    ("cora", "luis", "overview", 3),
)


def look_at_records(month: Month) -> None:
    """Cora opens pages about her team, and Eli about an account."""
    for viewer, person, kind, ago in LOOKS:
        day = month.last_day - timedelta(days=ago)
        keep_look(
            month.store,
            month.viewers[viewer],
            person_id=month.viewers[person].id,
            kind=kind,
            today=day,
        )
