"""The text a new case starts with: small, whole, and without an error.

Its warnings say what to write next: more decisions, an ending that goes badly.
"""

from __future__ import annotations

import json
from datetime import date

from app.domain.review_mark import UNREVIEWED
from app.library.case_lines import MAIN_FILE

_CASE = """---
format: 1
id: {id}
title: {title}
version: 1
language: en
minutes: 8
start: first-words
author: {author}
review: {{by: {unreviewed}, date: {today}}}
competencies: [MI, CONF]
cast:
  you:    {{name: You, role: counselor}}
  client: {{name: Client, role: client}}
state:
  alliance: {{range: 0..4, start: 2, label: Working alliance, show: debrief}}
---

# Brief

Say in a few sentences who the learner is here, whom they meet, and what has happened so far.

# Scenes

## [first-words] The first words

**Client:** Something only this person would say.

- [What an expert would do or say here.] -> good-end {{#expert}}
  rate: 3
  shows: MI 3, CONF 3
  set: alliance +1
  feedback: Say in clinical terms what this did for the client and why it was the best choice.
- [What a good colleague might do on a hard day.] -> other-end {{#hard-day}}
  rate: 1
  shows: MI 1, CONF 2
  set: alliance -1
  feedback: Say what this cost, and what was right about the intention behind it all the same.

## [good-end] How it goes well
ending: good

What the learner sees at the end of this way.

## [other-end] How it goes otherwise
ending: mixed

What the learner sees at the end of that way.

# Debrief

## What happened

- What did you hear first, and what did you answer to?

# Trainer notes

What this case teaches, and what to listen for in the group.
"""
_GOOD = "seed 1\npick expert\nexpect ending good-end\n"
_OTHER = "seed 1\npick hard-day\nexpect ending other-end\n"


def new_case_files(case_id: str, *, title: str, author: str, today: date) -> dict[str, str]:
    """The files of a new case. Shape: texts are quoted, so that any title is safe in YAML."""
    text = _CASE.format(
        id=case_id,
        title=json.dumps(title, ensure_ascii=False),
        author=json.dumps(author, ensure_ascii=False),
        unreviewed=UNREVIEWED,
        today=today.isoformat(),
    )
    return {MAIN_FILE: text, "walks/good.walk": _GOOD, "walks/other.walk": _OTHER}
