"""Things with defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.item import Item, Option
from app.domain.lesson import Lesson, Section
from app.domain.review_mark import UNREVIEWED, ReviewMark
from app.domain.source import Source

if TYPE_CHECKING:
    from app.library.places import Places

A_DAY = date(2026, 11, 21)
UNREVIEWED_MARK = ReviewMark(by=UNREVIEWED, date=A_DAY)
KEY_WHY = " ".join(["The rule and the deciding fact are taught here in plain words."] * 5)
OTHER_WHY = "It would be right later, once the release is signed and dated."
STEM = (
    "Ruth calls the clinic about her brother Sam, who is in intensive outpatient care. She says "
    "that he told her to call and asks how he is doing. There is no release on file, and Sam is "
    "in a group until noon. What should the counselor do first?"
)


def an_item(**changes: Any) -> Item:
    """A sound question with four options and b as key; `key_place` moves the key."""
    options = changes.pop("options", None) or (
        Option("a", "Tell her that he is doing well and ask her to call back", OTHER_WHY),
        Option("b", "Say that nothing can be confirmed and offer a general number", KEY_WHY),
        Option("c", "Take her number and promise that he will ring this evening", OTHER_WHY),
        Option("d", "Bring him out of the group so that he can talk to her now", OTHER_WHY),
    )
    fields: dict[str, Any] = {
        "id": "consent-01",
        "stem": STEM,
        "options": options,
        "key": ("b",),
        "domain": "AADC-4",
        "competencies": ("TAP21-109",),
        "level": "apply",
        "difficulty": 3,
        "pool": "practice",
        "status": "live",
        "refs": ("part2-2.31",),
        "reviewed": UNREVIEWED_MARK,
        "topic": "consent",
        "topic_title": "Consent",
        "area": "family",
        "lesson": "family/consent-first",
        "path": "content/questions/family/consent.yaml",
        "line": 6,
    }
    return Item(**{**fields, **changes})


def a_lesson(**changes: Any) -> Lesson:
    """A lesson with an opening and one section that asks one question."""
    fields: dict[str, Any] = {
        "id": "family/consent-first",
        "title": "Consent first",
        "area": "family",
        "slug": "consent-first",
        "order": 1,
        "summary": "Why even a yes is a disclosure.",
        "objectives": ("Explain why consent comes first.",),
        "competencies": ("TAP21-109",),
        "domain": "AADC-4",
        "minutes": 10,
        "refs": ("part2-2.31",),
        "reviewed": UNREVIEWED_MARK,
        "sections": (
            Section("opening", "", "A call comes in.", 14),
            Section("even-a-yes", "Even a yes", "It tells [@part2-2.31].", 16, ("consent-01",)),
        ),
    }
    return Lesson(**{**fields, **changes})


def a_source(**changes: Any) -> Source:
    """A verified law, on which a key may rest."""
    fields: dict[str, Any] = {
        "id": "part2-2.31",
        "title": "42 CFR 2.31, consent",
        "by": "US Department of Health and Human Services",
        "year": 2024,
        "where": "ecfr.gov",
        "kind": "law",
        "mark": "verified",
        "note": "",
    }
    return Source(**{**fields, **changes})


ITEM_TEXT = f"""\
  - id: consent-01
    stem: >-
      {STEM}
    options:
      - id: a
        text: Tell her that he is doing well and ask her to call back
        why: {OTHER_WHY}
      - id: b
        text: Say that nothing can be confirmed and offer a general number
        why: >-
          {KEY_WHY}
      - id: c
        text: Take her number and promise that he will ring this evening
        why: {OTHER_WHY}
      - id: d
        text: Bring him out of the group so that he can talk to her now
        why: {OTHER_WHY}
    key: [b]
    domain: AADC-4
    competencies: [TAP21-109]
    level: apply
    difficulty: 3
    pool: practice
    status: live
    refs: [part2-2.31]
    reviewed: {{by: unreviewed, date: 2026-11-21}}
"""


def item_text(item_id: str = "consent-01", **changes: str) -> str:
    """One question as it stands in a file; a change gives a key of the item another value."""
    lines = ITEM_TEXT.replace("consent-01", item_id).splitlines(keepends=True)
    for key, value in changes.items():
        start = f"    {key}: "
        lines = [f"{start}{value}\n" if line.startswith(start) else line for line in lines]
    return "".join(lines)


def item_file_text(*items: str, head: str = "") -> str:
    """A question file on the topic `consent`."""
    head = head or "format: 1\ntopic: consent\nlesson: family/consent-first\n"
    return head + "items:\n" + "".join(items or (item_text(),))


LESSON_TEXT = """\
---
title: Consent first
area: family
order: 1
summary: Why even a yes is a disclosure.
objectives:
  - Explain why consent comes first.
competencies: [TAP21-109]
domain: AADC-4
minutes: 10
refs: [part2-2.31]
reviewed: {by: unreviewed, date: 2026-11-21}
---

A call comes in.

## Even a yes {#even-a-yes}

It tells that the person is a client [@part2-2.31].

::: check
- consent-01
:::
"""

SMALL_CONTENT = {
    "content/sources.yaml": """\
format: 1
sources:
  - id: part2-2.31
    title: 42 CFR 2.31, consent
    by: US Department of Health and Human Services
    year: 2024
    kind: law
    mark: verified
  - id: articles
    title: Popular articles
    by: Various
    kind: popular
    mark: unverified
""",
    "content/competencies/tap21.yaml": """\
format: 1
framework: {id: TAP21, title: TAP 21, edition: 2006, publisher: SAMHSA, source: part2-2.31}
groups:
  - {id: PD8, title: Ethics, kind: dimension}
competencies:
  - {code: TAP21-109, group: PD8, text: Keeps confidences., sureness: confirmed}
""",
    "content/blueprints/small.yaml": """\
format: 1
id: small
title: A small exam
version: "1"
source: part2-2.31
items_total: 3
scored: 2
pretest: 1
minutes: 5
scale: {low: 200, high: 800, cut: 500, cut_percent: 70, ours: true}
domains:
  - {code: AADC-4, title: Ethics, items: 2, sureness: third-party}
forms:
  - {id: full, title: Full, items: 3, scored: 2, pretest: 1, minutes: 5, domains: {AADC-4: 2}}
""",
    "content/lessons/family/consent-first.md": LESSON_TEXT,
    "content/questions/family/consent.yaml": "",  # filled below: it is made of parts
}


def a_content_folder(base: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Places:
    """A small sound content folder on disk. None as a change leaves a file out."""
    from app.library.places import Places

    files: dict[str, str | bytes | None] = {
        **SMALL_CONTENT,
        "content/questions/family/consent.yaml": item_file_text(),
        **(changes or {}),
    }
    (base / "content").mkdir(exist_ok=True)
    (base / "scenarios").mkdir(exist_ok=True)
    for told, text in files.items():
        if text is None:
            continue
        file = base / told
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Places(content=base / "content", scenarios=base / "scenarios", how="test")
