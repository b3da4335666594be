"""Grounds on which the law lets something be told without a release, in a closed list.

Only what was read in a source we name is told here; each ground names its key in
content/sources.yaml and the section. It is for practice, and no legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LawfulGround:
    """One ground. Shape: `source` is a key of content/sources.yaml.

    `bounds` tells whom it lets hear what; `write_down` is empty where the section as we read it
    tells nothing about a record.
    """

    id: str
    title: str
    section: str
    source: str
    bounds: str
    write_down: str = ""


EMERGENCY = "emergency"

GROUNDS: Mapping[str, LawfulGround] = {
    one.id: one
    for one in (
        LawfulGround(
            EMERGENCY,
            "Medical emergency",
            "42 CFR 2.51",
            "part2-2.51",
            "To medical personnel, as far as the emergency needs it, when written consent "
            "cannot be had first.",
            "Write in the record at once: who heard it and their facility, who told it, the "
            "date and time, and the nature of the emergency.",
        ),
        LawfulGround(
            "child-abuse-report",
            "Report of suspected child abuse or neglect",
            "42 CFR 2.12(c)(6)",
            "part2-2.12",
            "The report that state law allows or asks for. The records themselves stay "
            "protected, also in proceedings that follow from the report.",
        ),
        LawfulGround(
            "court-order",
            "Court order under Part 2",
            "42 CFR 2.61",
            "part2-2.61",
            "The order permits and does not compel; a subpoena compels and does not permit. "
            "Only both together require an answer.",
        ),
        LawfulGround(
            "crime-at-program",
            "Crime or threat at the program or against its staff",
            "42 CFR 2.12(c)(5)",
            "part2-2.12",
            "To law enforcement, about the incident only: what happened, and the person's "
            "patient status, name, address and last known whereabouts.",
        ),
        LawfulGround(
            "within-program",
            "Inside the program",
            "42 CFR 2.12(c)(3)",
            "part2-2.12",
            "To staff who need it for their work in the program, or to the body that has "
            "direct administrative control of it.",
        ),
        LawfulGround(
            "service-agreement",
            "Qualified service organization",
            "42 CFR 2.12(c)(4)",
            "part2-qso",
            "To a qualified service organization that has a written agreement with the program.",
        ),
    )
}

# Roles that tell by themselves that somebody is medical personnel; for other roles one says why.
_MEDICAL = frozenset(
    ("ambulance", "doctor", "emt", "medic", "medical", "nurse", "paramedic", "physician", "rn")
)
_WORD = re.compile(r"[a-z]+")


def sounds_medical(role: str) -> bool:
    """Says whether a role of the cast names medical personnel, by one of a few words."""
    return not _MEDICAL.isdisjoint(_WORD.findall(role.lower()))
