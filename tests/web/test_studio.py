"""The studio: what the checker says, and content as learners see it with what stands behind."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.config import read_settings
from app.library.content_check import check_paths
from app.library.places import find_places
from tests.builders import (
    KEY_WHY,
    LESSON_TEXT,
    OTHER_WHY,
    STEM,
    a_content_folder,
    item_file_text,
    item_text,
)
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from app.config import Settings
    from tests.cast import Cast
    from tests.conftest import MakeApp

QUESTIONS = "content/questions/family/consent.yaml"
LESSON = "content/lessons/family/consent-first.md"
CASE = Path(__file__).resolve().parents[1] / "library" / "cases" / "lena-and-ruth" / "case.md"
FAULTY = item_file_text(
    item_text(), item_text("consent-02", refs="[no-such-source]", status="draft", key="[a]")
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A small content folder with one fault, a case, and two second readings."""
    reading = (
        "format: 1\nreader: Second Reader\ndate: 2026-11-20\nmethod: Without keys.\n"
        "answers:\n  - {item: consent-01, chosen: a, note: Both seem fine.}\n"
    )
    case_reading = (
        "format: 1\nreader: Case Reader\ndate: 2026-11-21\nmethod: Without ratings.\n"
        "cases:\n  - case: lena-and-ruth\n    decisions:\n"
        "      - {scene: voicemail, best: neither, worst: reassure}\n"
        "      - {scene: session, best: push, note: Both fit., done: Nothing.}\n"
    )
    a_content_folder(
        tmp_path,
        {
            QUESTIONS: FAULTY,
            "content/reviews/second.yaml": reading,
            "content/reviews/third.yaml": case_reading,
            "scenarios/lena-and-ruth/case.md": CASE.read_text("utf-8"),
        },
    )
    return tmp_path


@pytest.fixture
def settings(files: Path, database_url: str) -> Settings:
    return read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(files / "instance"),
            "WAYMARK_DATABASE_URL": database_url,
            "WAYMARK_SECRET_KEY": "a secret for tests only, long enough to sign with",
            "WAYMARK_CONTENT_DIR": str(files / "content"),
            "WAYMARK_SCENARIOS_DIR": str(files / "scenarios"),
        }
    )


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_health_says_the_sentences_of_the_command_line(ben: Visitor, settings: Settings) -> None:
    said = check_paths(find_places(settings.content_dir, settings.scenarios_dir)).problems
    page = words(ben.text("/studio/"))

    assert len(said) > 3
    for problem in said:
        assert words(problem.message) in page
        assert words(problem.advice) in page
        assert problem.place in page


def test_problems_are_narrowed_by_severity_and_code(ben: Visitor) -> None:
    errors = ben.text("/studio/?severity=error")
    one_code = words(ben.text("/studio/?code=XR505"))

    assert "There is no source “no-such-source”." in errors
    assert "Warning</span>" not in errors
    assert one_code.count("XR505") == 2  # in the list to narrow by, and at its problem
    assert "There is no source" in one_code


def test_a_problem_leads_to_the_question_it_is_about(ben: Visitor) -> None:
    assert "/studio/questions/consent-02" in ben.page("/studio/?code=XR505").links


def test_a_broken_file_without_a_good_text_is_told_as_not_served(
    files: Path, ben_after: Visitor
) -> None:
    page = words(ben_after.text("/studio/"))

    assert f"{LESSON} not served" in page
    ben_after.get("/studio/lessons/family/consent-first", expect=404)


@pytest.fixture
def ben_after(files: Path, cast: Cast, request: pytest.FixtureRequest) -> Visitor:
    """Ben, on a site that started with a lesson already broken."""
    (files / LESSON).write_text("no front matter at all", "utf-8")
    visitor: Visitor = request.getfixturevalue("ben")
    return visitor


def test_a_file_that_breaks_later_is_served_from_its_last_good_text(
    files: Path, ben: Visitor, cast: Cast, settings: Settings, make_app: MakeApp
) -> None:
    (files / LESSON).write_text("no front matter at all", "utf-8")
    ben_again = Visitor(make_app(settings)).sign_in(cast.ben)

    assert f"{LESSON} its last good text is served" in words(ben_again.text("/studio/"))
    assert "Even a yes" in ben_again.text("/studio/lessons/family/consent-first")


def test_a_second_reading_is_told_with_its_disagreements(ben: Visitor) -> None:
    page = words(ben.text("/studio/"))

    assert "0 of 1 answers agree with the key." in page
    assert "consent-01 b a Both seem fine." in page


def test_a_second_reading_of_a_case_is_told_with_what_was_done(ben: Visitor) -> None:
    page = words(ben.text("/studio/"))

    assert "1 of 2 decisions agree with the ratings." in page
    assert "Lena, later that day push – Both fit. Nothing." in page
    assert "0 of 0" not in page


def test_anybody_may_know_how_far_second_readers_agreed(anonymous: Visitor) -> None:
    page = words(anonymous.text("/about-content"))

    assert "took 2 decisions of cases and agreed with the author on 1." in page


def test_the_wording_is_tried_on_a_guesser(ben: Visitor) -> None:
    page = words(ben.text("/studio/"))

    assert "Right answers by following one cue" in page
    assert "that learners may meet" in page


def test_a_lesson_shows_as_learners_see_it_with_keys_behind_a_fold(ben: Visitor) -> None:
    page = ben.text("/studio/lessons/family/consent-first")

    assert "A call comes in." in page
    assert "Mark as read" not in page
    asked, _, behind = page.partition("<summary>Key and reasons</summary>")
    assert words(STEM) in words(asked)
    assert OTHER_WHY not in asked
    assert OTHER_WHY in unescape(behind)
    assert KEY_WHY[:40] in behind
    assert LESSON in page


def test_lessons_are_listed_with_review_and_problems(ben: Visitor) -> None:
    page = words(ben.text("/studio/lessons"))

    assert "Consent first 2 sections, 1 question 10 min not yet not yet reviewed none" in page


def test_questions_are_narrowed(ben: Visitor) -> None:
    everything = words(ben.text("/studio/questions"))
    drafts = words(ben.text("/studio/questions?status=draft&pool=practice"))

    assert "2 questions. Keys: A 1, B 1." in everything
    assert "1 question. Keys: A 1." in drafts
    assert "consent-02" in drafts
    assert "consent-01" not in drafts
    assert "No question fits" in ben.text("/studio/questions?level=recall")


def test_a_row_tells_level_difficulty_key_status_and_problems(ben: Visitor) -> None:
    page = words(ben.text("/studio/questions?status=draft"))

    assert re.search(r"consent-02 apply 3 of 5 A draft practice \d errors?", page)


def test_a_question_shows_key_reasons_and_everything_behind_it(ben: Visitor) -> None:
    page = ben.text("/studio/questions/consent-01")
    asked, _, behind = page.partition("Key and reasons")

    assert OTHER_WHY not in unescape(asked)
    assert unescape(behind).count(OTHER_WHY) == 3
    told = words(behind)
    assert "The best answer Say that nothing can be confirmed" in told
    assert "42 CFR 2.31, consent" in told
    assert "read in the source" in told
    assert f"{QUESTIONS}:5" in told
    assert "TAP21-109 Keeps confidences." in told
    assert "/studio/lessons/family/consent-first" in ben.page("/studio/questions/consent-01").links


def test_a_question_tells_its_own_problems_only(ben: Visitor) -> None:
    assert "no-such-source" in ben.text("/studio/questions/consent-02")
    assert "no-such-source" not in ben.text("/studio/questions/consent-01")


def test_a_case_shows_scenes_choices_ratings_targets_and_notes(ben: Visitor) -> None:
    page = ben.text("/studio/cases/lena-and-ruth")
    told = words(page)

    assert "You have met Lena twice." in told
    assert "3, expert" in told
    assert "0, harmful" in told
    assert 'href="#scene-session"' in page
    assert 'id="scene-session"' in page
    assert "Critical error unauthor" in told
    assert "Discloses in treatment to Ruth" in told
    assert "if alliance >= 6" in told
    assert "good ending" in told
    assert "Run before the unit on releases." in told


def test_cases_are_listed_with_their_size(ben: Visitor) -> None:
    assert re.search(
        r"The sister who calls first \d+ scenes, \d+ decisions, 5 endings 15 min",
        words(ben.text("/studio/cases")),
    )


def test_figures_of_lessons_are_sent_with_nothing_that_runs(
    files: Path, cast: Cast, request: pytest.FixtureRequest
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>A</title></svg>'
    (files / "content/lessons/family/one.svg").write_text(svg, "utf-8")
    text = LESSON_TEXT.replace("A call comes in.", "A call comes in.\n\n![One dot](one.svg)")
    (files / LESSON).write_text(text, "utf-8")
    ben: Visitor = request.getfixturevalue("ben")

    assert "/studio/figures/family/one.svg" in ben.text("/studio/lessons/family/consent-first")
    response = ben.get("/studio/figures/family/one.svg")
    assert response.mimetype == "image/svg+xml"
    assert "script" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "url",
    [
        "/studio/lessons/family/none",
        "/studio/questions/none",
        "/studio/cases/none",
        "/studio/figures/family/none.svg",
    ],
)
def test_what_is_not_there_is_not_found(ben: Visitor, url: str) -> None:
    ben.get(url, expect=404)


@pytest.mark.parametrize("url", ["/studio/", "/studio/questions", "/studio/questions/consent-01"])
def test_keys_are_kept_from_candidates_and_supervisors(
    ana: Visitor, cora: Visitor, url: str
) -> None:
    ana.get(url, expect=403)
    cora.get(url, expect=403)


def test_an_administrator_may_look_at_the_health_of_content(eli: Visitor) -> None:
    assert "Content health" in eli.text("/studio/")
