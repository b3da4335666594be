"""A draft of a case for the demo: a trainer has reworded a scene, and a second one reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app.demo.activity import Month
from app.demo.cases import LETTERS
from app.library.case_edit import Edit, set_choice
from app.library.places import SCENARIOS
from app.services.case_drafts import CaseSource, change_draft, open_draft
from app.services.case_reviews import add_comment, ask_for_review

ASKED = "I reworded what the learner reads after the first choice. Is it still fair?"
NOTICED = "It says what to do, and not what it did for him. One more sentence?"
UNFINISHED = "Say what this does for Odell."  # the checker asks for more words


def write_draft(month: Month) -> None:
    """Opens a draft of a case and changes the feedback of its first choice."""
    scenario = month.library.scenarios.get(LETTERS)
    choice = (
        next((c for scene in scenario.scenes for c in scene.choices), None) if scenario else None
    )
    if scenario is None or choice is None:
        return
    folder = f"{SCENARIOS}/{LETTERS}/"
    texts = month.library.texts
    files = {path.removeprefix(folder): texts[path] for path in texts if path.startswith(folder)}
    scene = next(one for one in scenario.scenes if choice in one.choices)
    moment = month.at(month.day(0.95), 16, 40)
    ben = month.viewers["ben"]
    source = CaseSource(LETTERS, files, scenario.fingerprint)
    draft = open_draft(month.store, ben, source, now=moment)

    def reword(text: Mapping[str, str]) -> Edit:
        return set_choice(text, scene.id, choice.id, keys={"feedback": UNFINISHED})

    change_draft(month.store, ben, draft.id, reword, now=moment)
    ask_for_review(month.store, ben, draft.id, note=ASKED, now=moment + timedelta(minutes=5))
    add_comment(
        month.store,
        month.viewers["ines"],
        draft.id,
        place=f"scene:{scene.id}",
        words=NOTICED,
        now=moment + timedelta(minutes=40),
    )
