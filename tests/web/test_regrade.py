"""Regrading in the studio, and what people are told of it on their start page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.regrade import NO_EXAM, Regrade
from app.services import regrade as regrading
from app.services.account import add_organisation
from tests.cast import as_viewer
from tests.services.exams_sat import ASKED, sit

if TYPE_CHECKING:
    from app.domain.attempt import Attempt
    from app.domain.person import Person
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

URL = f"/studio/questions/{ASKED.id}/regrade"
PREVIEW = f"{URL}/preview"
LEDGER = "/studio/regrades"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
REASON = "Two answers are defensible."
SENT = {"version": ASKED.version, "policy": "credit", "never_lower": "y", "reason": REASON}
# Decisions that move different people, or nobody, so that each would tell something else.
PROBES: tuple[dict[str, object], ...] = (
    {"policy": "credit"},
    {"policy": "drop", "never_lower": ""},
    {"policy": "accept", "accepted": ["a"]},
    {"policy": "accept", "accepted": ["c"]},
    {"policy": "rekey", "accepted": ["a"], "never_lower": ""},
)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def sat(store: Store, person: Person, chosen: str = "a") -> Attempt:
    return sit(store, as_viewer(store, person), chosen, now=YESTERDAY)


def previewed(ben: Visitor, **changes: object) -> str:
    return ben.post(PREVIEW, {**SENT, **changes}, expect=200).get_data(as_text=True)


def effect_of(page: str) -> str:
    """What the page tells of the effect."""
    return words(page.partition('id="effect"')[2].partition("</section>")[0])


def sign_previewed(ben: Visitor, page: str) -> None:
    """Presses Sign: sends what the form under the preview holds."""
    form = page.partition(f'action="{URL}"')[2].partition("</form>")[0]
    sent: dict[str, object] = {}
    for name, value in HIDDEN.findall(form):
        sent.setdefault(name, []).append(unescape(value))  # type: ignore[attr-defined]
    ben.post(URL, sent)


def test_a_question_leads_to_its_regrade(ben: Visitor, eli: Visitor) -> None:
    link = re.search(r"/studio/questions/[\w-]+", ben.text("/studio/questions"))
    assert link
    item_url = link[0]

    assert f"{item_url}/regrade" in ben.page(item_url).links
    assert f"{item_url}/regrade" not in eli.page(item_url).links
    assert "Nobody has met this question" in ben.text(f"{item_url}/regrade")


def test_the_wording_people_met_is_shown_with_its_key(
    ben: Visitor, store: Store, cast: Cast
) -> None:
    sat(store, cast.ana)

    page = words(ben.text(URL))

    assert "Ruth calls the clinic" in page
    assert "B. Say that nothing can be confirmed and offer a general number (the key)" in page
    assert "Preview" in page


def test_a_preview_tells_counts_and_signs_nothing(ben: Visitor, store: Store, cast: Cast) -> None:
    for person in (cast.ana, cast.luis, cast.noor, cast.mika):
        sat(store, person, "b")
    sat(store, cast.jonas)

    page = previewed(ben)

    told = words(page)
    assert "1 result would change." in told
    assert "Finished exams that asked it 5" in told
    assert "Scores that rise 1" in told
    assert store.regrades.all() == []


@pytest.mark.parametrize("times", [1, 3])
def test_of_few_people_a_preview_tells_that_they_are_few_and_nothing_else(
    ben: Visitor, store: Store, cast: Cast, times: int
) -> None:
    """How many exams a person sat and how they answered must not shine through."""
    some = [cast.ana, cast.luis, cast.noor, cast.mika][: 1 + times]
    for number, person in enumerate(some):
        for time in range(times):
            chosen = "b" if number else "a"
            sit(store, as_viewer(store, person), chosen, key=f"exam {time}", now=YESTERDAY)

    kept_back = {effect_of(previewed(ben, **wish)) for wish in PROBES}

    assert len(kept_back) == 1
    (told,) = kept_back
    assert "Fewer than 5 people sat this, so the effect is not shown." in told
    assert "People who sat it fewer than 5" in told
    assert re.findall(r"\d+", told) == ["5", "5"]
    assert not re.search(r"rise|fall|across|would change|How scores move", told)


def test_undoing_tells_nothing_of_few_people_either(ben: Visitor, store: Store, cast: Cast) -> None:
    sat(store, cast.ana)
    sign_previewed(ben, previewed(ben))
    (entry,) = store.regrades.all()
    store.end_reading()

    told = effect_of(ben.text(f"{LEDGER}/{entry.id}/undo"))

    assert "Fewer than 5 people sat this" in told
    assert re.findall(r"\d+", told) == ["5", "5"]


def test_moves_of_enough_people_are_told_without_names(
    ben: Visitor, store: Store, cast: Cast
) -> None:
    people = (cast.ana, cast.luis, cast.noor, cast.mika, cast.jonas)
    for person in people:
        sat(store, person)

    page = words(previewed(ben))

    assert "Move up across our cut 5" in page
    assert re.search(r"How scores move .* 400 500 now above 5", page)
    assert not any(person.full_name in page or person.first_name in page for person in people)


def test_signing_puts_it_in_the_ledger_and_undoing_keeps_it_there(
    ben: Visitor, store: Store, cast: Cast
) -> None:
    attempt = sat(store, cast.ana)

    sign_previewed(ben, previewed(ben))
    signed = words(ben.text(LEDGER))
    (entry,) = store.regrades.all()
    store.end_reading()
    asked = words(ben.text(f"{LEDGER}/{entry.id}/undo"))
    ben.post(f"{LEDGER}/{entry.id}/undo")

    assert f"Count it as right for everybody who had it never lowers {REASON}" in signed
    assert "Ben Okafor" in signed
    assert "in force" in signed
    assert "What would move" in asked
    assert [one.cause for one in store.sittings.reports(attempt.id)] == [
        "submitted",
        "regrade",
        "undone",
    ]
    assert "undone Ben Okafor" in words(ben.text(LEDGER))
    assert "undone already" in ben.text(f"{LEDGER}/{entry.id}/undo")


def half_applied(store: Store, cast: Cast) -> tuple[Attempt, str]:
    """An exam, and an entry that was signed but has reached no exam yet."""
    attempt = sat(store, cast.ana)
    entry = Regrade(
        id="half",
        item_id=ASKED.id,
        item_version=ASKED.version,
        policy=regrading.RegradePolicy.CREDIT,
        accepted=(),
        never_lower=True,
        reason=REASON,
        signed_by=cast.ben.id,
        signed_at=datetime.now(UTC),
        applied_to=NO_EXAM,
    )
    with store.writing():
        store.regrades.add(entry)
    return attempt, entry.id


def test_an_interrupted_regrade_shows_how_far_it_came_and_goes_on(
    ben: Visitor, eli: Visitor, ana: Visitor, store: Store, cast: Cast
) -> None:
    attempt, entry = half_applied(store, cast)
    result = f"/exam/sittings/{attempt.id}/result"

    page, read_only = ben.text(LEDGER), eli.text(LEDGER)
    before = words(ana.text(result))
    ben.post(f"{LEDGER}/{entry}/continue")
    after = words(ana.text(result))

    assert "being applied: 0 of 1 finished exam looked at" in words(page)
    assert f"{LEDGER}/{entry}/continue" in page
    assert "being applied: 0 of 1" in words(read_only)
    assert "/continue" not in read_only
    assert "A question was regraded" not in before
    assert "A question was regraded" in after
    assert "being applied" not in ben.text(LEDGER)
    assert "Done for every exam" in words(ben.text(f"{LEDGER}?notice=regrade-continued"))


def test_a_regrade_on_its_way_can_be_undone(ben: Visitor, store: Store, cast: Cast) -> None:
    attempt, entry = half_applied(store, cast)

    asked = words(ben.text(f"{LEDGER}/{entry}/undo"))
    ben.post(f"{LEDGER}/{entry}/undo")

    assert "Undo this regrade?" in asked
    assert len(store.sittings.reports(attempt.id)) == 1
    assert "being" not in words(ben.text(LEDGER)).partition("Standing")[2]


def test_further_answers_travel_from_preview_to_ledger(
    ben: Visitor, store: Store, cast: Cast
) -> None:
    sat(store, cast.ana, "c")

    sign_previewed(ben, previewed(ben, policy="accept", accepted=["c", "d"]))

    (entry,) = store.regrades.all()
    assert set(entry.accepted) == {"b", "c", "d"}
    assert entry.never_lower


def test_a_double_click_signs_once(ben: Visitor, store: Store, cast: Cast) -> None:
    attempt = sat(store, cast.ana)
    page = previewed(ben)

    sign_previewed(ben, page)
    sign_previewed(ben, page)

    assert len(store.regrades.all()) == 1
    assert len(store.sittings.reports(attempt.id)) == 2


def test_a_stale_preview_is_refused_with_the_next_step(
    ben: Visitor, store: Store, cast: Cast
) -> None:
    sat(store, cast.ana)
    sign_previewed(ben, previewed(ben))

    refused = ben.post(URL, {**SENT, "policy": "drop", "seen": ""}, expect=409)

    assert "Look at the preview again" in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": ""}, "Say why, in a sentence."),
        ({"reason": "x" * 2001}, "Keep it under 2000 characters."),
        ({"policy": ""}, "Choose what should count."),
        ({"policy": "halve"}, "Not a valid choice"),
        ({"policy": "rekey", "accepted": ["a", "c"]}, "Choose one answer as the new key."),
        ({"policy": "rekey", "accepted": ["b"]}, "This is what the question counts already."),
        ({"policy": "accept", "accepted": ["zzz"]}, "Choose the answers that count as right."),
    ],
)
@pytest.mark.parametrize("url", [PREVIEW, URL])
def test_what_cannot_stand_is_said_at_the_field(
    ben: Visitor, store: Store, cast: Cast, changes: dict[str, object], said: str, url: str
) -> None:
    sat(store, cast.ana)

    page = ben.post(url, {**SENT, **changes}, expect=422).get_data(as_text=True)

    assert said in words(page)
    assert store.regrades.all() == []


def test_a_wording_nobody_met_is_not_found(ben: Visitor, store: Store, cast: Cast) -> None:
    sat(store, cast.ana)

    ben.get(f"{URL}?version=0000", expect=404)
    ben.post(PREVIEW, {**SENT, "version": "%"}, expect=404)
    ben.get("/studio/questions/no-such-question/regrade", expect=404)


def test_the_ledger_is_open_to_administrators_to_read_only(
    eli: Visitor, ben: Visitor, ana: Visitor, cora: Visitor, store: Store, cast: Cast
) -> None:
    sat(store, cast.ana)
    sign_previewed(ben, previewed(ben))
    (entry,) = store.regrades.all()
    store.end_reading()

    assert REASON in eli.text(LEDGER)
    assert f"{LEDGER}/{entry.id}/undo" not in eli.page(LEDGER).links
    eli.post(URL, SENT, expect=403)
    eli.post(f"{LEDGER}/{entry.id}/undo", expect=403)
    for visitor in (ana, cora):
        visitor.get(LEDGER, expect=403)


def test_an_entry_of_another_organisation_is_not_found(ben: Visitor, store: Store) -> None:
    stranger = store.for_organisation(
        add_organisation(store, name="Hill Clinic", now=datetime.now(UTC))
    )
    assert stranger.regrades.all() == []
    ben.get(f"{LEDGER}/01999999-9999-7999-8999-999999999999/undo", expect=404)


def test_today_tells_a_changed_result_until_it_was_seen(
    ana: Visitor, luis: Visitor, store: Store, cast: Cast
) -> None:
    attempt = sat(store, cast.ana)
    regrade(store, cast)

    page = ana.text("/learn/")
    ids = re.findall(r'name="news" value="([^"]+)"', page)
    luis.post("/learn/news/dismiss", {"news": ids})
    still = ana.text("/learn/")
    ana.post("/learn/news/dismiss", {"news": ids})

    assert "a question was regraded" in words(page)
    assert "Your score was 400 and is now 500." in words(page)
    assert f"/exam/sittings/{attempt.id}/result" in page
    assert "is now 500" in words(still)
    assert "News" not in words(ana.text("/learn/"))
    assert "A question was regraded" in ana.text(f"/exam/sittings/{attempt.id}/result")


def test_a_regrade_and_its_undoing_are_told_as_one(ana: Visitor, store: Store, cast: Cast) -> None:
    sat(store, cast.ana)
    entry = regrade(store, cast)
    ben = as_viewer(store, cast.ben)
    regrading.undo_regrade(store, ben, regrade_id=entry, now=datetime.now(UTC))

    page = ana.text("/learn/")

    assert "a regrade was taken back" in words(page)
    assert "Your score is still 400." in words(page)
    assert page.count("Open the result") == 1
    assert page.count('name="news"') == 2


def test_dismissing_nothing_or_nonsense_changes_nothing(ana: Visitor) -> None:
    ana.post("/learn/news/dismiss")
    ana.post("/learn/news/dismiss", {"news": ["x" * 5000, *("y" for _ in range(300))]})


def regrade(store: Store, cast: Cast) -> str:
    wish = regrading.RegradeWish(
        ASKED.id, ASKED.version, regrading.RegradePolicy.CREDIT, (), True, REASON
    )
    ben = as_viewer(store, cast.ben)
    return regrading.sign_regrade(store, ben, wish, seen="", now=datetime.now(UTC)).id
