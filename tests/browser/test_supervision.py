"""The whole chain of supervision in a browser, by two people on phones.

Ana asks to be observed; Cora plans it, writes a contract and a goal, and observes through a lost
network; Ana reads, answers and rates herself; they explain the difference; Cora looks again and
signs by keyboard alone; Ana contests it; the matrix knows; hours are signed by both; Ana sees who
looked. axe reads every page on the way, light and dark.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from app.demo.cast import DEMO_PASSWORD
from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import focus_by_tab, focus_is_seen, link_of_person, sign_in

PHONE = {"width": 360, "height": 740}
CODE = "TAP21-24"  # asked of Ana at the third level, and nobody has seen it yet
AREA = "Clinical evaluation"
WELL = "You let both sisters finish before you answered."
NEXT = "Ask the client who should come to the next meeting."
GOAL = "Opens a first meeting so that both can speak"
CREDENTIAL = "CCS 4711"
PROTEST = "I would like a third look before this counts."
SHEET = re.compile(rb"/Type\s*/Page\b")


def look(page: Page, where: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # both are schemes
        assert axe(page) == [], f"{where}, {scheme}"


def is_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved "))


def choose_level(page: Page, code: str, level: str) -> None:
    group = page.get_by_role("radiogroup", name=f"Level of {code}")
    group.get_by_text(level, exact=True).click()


def in_days(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def open_person(page: Page, name: str) -> None:
    page.locator(f'a[href="{link_of_person(page, name)}"]').first.click()


def row_of_ana(page: Page) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Ana Reyes"))


def test_the_whole_chain_from_a_wish_to_the_matrix(open_page: OpenPage, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    cora, ana = open_page(viewport=PHONE), open_page(viewport=PHONE)
    sign_in(cora, "cora")
    sign_in(ana, "ana")

    ask_to_be_observed(ana)
    record = plan_it(cora)
    agree_on_a_contract(cora, ana, record)
    set_a_goal(cora, record)
    observe_through_a_lost_network(cora)
    answer_the_feedback(ana)
    look_again(cora, record)
    sign_by_keyboard(cora, record)
    contest(ana)
    find_it_in_the_matrix(cora)
    enter_and_sign_hours(ana, cora)
    see_who_looked(ana)


def ask_to_be_observed(page: Page) -> None:
    page.goto("/learn/supervision")
    page.get_by_role("link", name="Ask for an observation").click()
    page.get_by_label("What to look at").select_option(CODE)
    page.get_by_label("By when").fill(in_days(9))
    page.get_by_label("A few words").fill("A first meeting is planned for Tuesday.")
    look(page, "asking for an observation")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Sent. Your supervisors see what you asked for.")).to_be_visible()


def plan_it(page: Page) -> str:
    page.goto("/team/")
    open_person(page, "Ana Reyes")
    page.get_by_role("link", name="Supervision record").click()
    expect(page.get_by_role("heading", name="Supervision of Ana Reyes")).to_be_visible()
    look(page, "the record with a wish")
    wish = page.locator("form", has_text="A first meeting is planned for Tuesday.")
    wish.get_by_label("Your words").fill("I sit in on Tuesday.")
    wish.get_by_role("button", name="I plan it").click()
    expect(page.get_by_text("I sit in on Tuesday.")).to_be_visible()
    return page.url.partition("?")[0].partition("#")[0]


def agree_on_a_contract(cora: Page, ana: Page, record: str) -> None:
    cora.goto(record)
    cora.get_by_role("link", name=re.compile("^Write a")).click()
    for label in (
        "Purpose",
        "Goals",
        "Site and context",
        "How you meet",
        "How often",
        "Ethics and confidentiality",
        "What will be evaluated",
        "By which methods",
    ):
        cora.get_by_label(label, exact=True).fill(f"{label}: one hour each week, in words.")
    cora.get_by_label("First day").fill(in_days(0))
    cora.get_by_label("Last day").fill(in_days(300))
    look(cora, "a contract")
    cora.get_by_role("button", name="Accept and send it").click()
    expect(cora.get_by_text("Saved. It waits for the other to accept it.")).to_be_visible()

    ana.goto("/learn/supervision")
    ana.get_by_role("button", name="Accept this version").click()
    expect(ana.get_by_text("Saved: you have accepted this contract.")).to_be_visible()
    expect(ana.get_by_role("button", name="Accept this version")).to_have_count(0)


def set_a_goal(page: Page, record: str) -> None:
    page.goto(record)
    page.get_by_role("link", name="Set a goal").click()
    page.get_by_label("Competency").select_option(CODE)
    page.get_by_label("Goal", exact=True).fill(GOAL)
    page.get_by_label("Steps").fill("Play two openings in role-play.")
    page.get_by_label("Target day").fill(in_days(40))
    page.get_by_label("Look again on").fill(in_days(20))
    look(page, "a goal")
    page.get_by_role("button", name="Set this goal").click()
    expect(page.get_by_role("heading", name=GOAL)).to_be_visible()


def observe_through_a_lost_network(page: Page) -> None:
    page.goto("/team/")
    open_person(page, "Ana Reyes")
    page.get_by_role("button", name="New observation").click()  # two clicks from the team
    page.wait_for_url("**/observations/*")
    form = page.url
    page.get_by_label("How you saw it").select_option("live")
    page.get_by_label("Another competency").select_option("FAM")  # the plan's stand there
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**#marks")
    choose_level(page, "FAM", "Competent")
    choose_level(page, CODE, "Competent")
    is_saved(page)
    page.get_by_text("Count a motivational interview").click()
    look(page, "the form of an observation")

    page.context.set_offline(True)
    page.get_by_label("What went well").fill(WELL)
    for label, count in (("Questions", "6"), ("Simple reflections", "6"), ("Complex", "6")):
        page.get_by_label(label).fill(count)
    expect(page.locator("[data-saved]")).to_contain_text("kept on this device")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("[data-saved]")).to_contain_text("go on when the network is back")
    page.goto("about:blank")  # the phone lets go of the page
    page.context.set_offline(False)
    page.goto(form)
    expect(page.get_by_label("What went well")).to_have_value(WELL)
    is_saved(page)

    page.get_by_label("What comes next").fill(NEXT)
    is_saved(page)
    page.reload()
    expect(page.get_by_label("What comes next")).to_have_value(NEXT)
    expect(page.get_by_label("Complex")).to_have_value("6")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Finished. The person sees it now.")).to_be_visible()
    look(page, "a finished observation")


def answer_the_feedback(page: Page) -> None:
    page.goto("/learn/supervision")
    look(page, "one's own supervision")
    page.get_by_role("table", name="Observations of you").get_by_role("link").first.click()
    expect(page.get_by_text(WELL)).to_be_visible()
    counted = page.get_by_role("table", name="Motivational interviewing, counted")
    expect(counted).to_contain_text("2 : 1")  # twelve reflections to six questions
    expect(counted).to_contain_text("50 %")  # of them complex
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("you read it")).to_be_visible()
    page.get_by_label("Your comment").fill("I was glad that you were there.")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("I was glad that you were there.")).to_be_visible()
    look(page, "an observation as its person sees it")
    page.get_by_role("link", name=CODE, exact=True).click()
    page.get_by_label("Level").select_option("5")
    look(page, "a self-rating")
    page.get_by_role("button", name="Keep my rating").click()
    expect(page.get_by_text("far apart", exact=True).first).to_be_visible()


def look_again(page: Page, record: str) -> None:
    page.goto(record)
    look(page, "the record")
    gap = page.locator("form", has_text=f"{CODE}: ").filter(has=page.get_by_text("Keep this note"))
    gap.get_by_label("What explains the difference?").fill("She sees meetings that I do not.")
    gap.get_by_role("button", name="Keep this note").click()
    expect(page.get_by_text("She sees meetings that I do not.")).to_be_visible()

    page.get_by_role("button", name=f"Look again: {GOAL}").click()
    page.wait_for_url("**/observations/*")
    page.get_by_label("How you saw it").select_option("recorded")
    choose_level(page, CODE, "Competent")
    page.get_by_label("What went well").fill("Twice as many reflections as questions.")
    page.get_by_label("What comes next").fill("Keep it up in groups.")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Demonstrated").click()
    expect(page.get_by_text("How the goal ended stands in the plan.")).to_be_visible()


def sign_by_keyboard(page: Page, record: str) -> None:
    page.goto(f"{record.removesuffix('supervision')}sign-offs/new?what=competency:{CODE}")
    expect(page.get_by_text("2 of 3 observations")).to_be_visible()
    expect(page.get_by_text(CREDENTIAL).first).to_be_visible()
    look(page, "what a sign-off would rest on")
    for label, words in (
        ("Why you sign although evidence is missing", "She starts with families on Monday."),
        ("Your full name, typed", "Cora Lindqvist"),
        ("Your password", DEMO_PASSWORD),
    ):
        focus_by_tab(page, label)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Signed. It stands on record with your credential.")).to_be_visible()


def contest(page: Page) -> None:
    page.goto("/learn/supervision")
    page.get_by_role("link", name=re.compile(f"^{CODE}: ")).click()
    expect(page.get_by_text("Cora Lindqvist, typed as Cora Lindqvist")).to_be_visible()
    expect(page.get_by_text("She starts with families on Monday.")).to_be_visible()
    expect(page.get_by_text(CREDENTIAL).first).to_be_visible()
    look(page, "the sign-off as its person sees it")
    for act, words in (("Add a comment", "Thank you."), ("Contest this sign-off", PROTEST)):
        page.get_by_label(act).check()
        page.get_by_label("Words").fill(words)
        page.get_by_role("button", name="Add it for good").click()
        expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    expect(page.get_by_text("contested", exact=True)).to_be_visible()
    look(page, "a contested sign-off")


def find_it_in_the_matrix(page: Page) -> None:
    page.goto("/team/")
    page.get_by_role("link", name="Competencies").first.click()
    look(page, "the matrix")
    cell = row_of_ana(page).get_by_role("cell").filter(has_text="1 of 2")  # nothing was met before
    cell.get_by_role("link").click()
    expect(page.get_by_role("heading", name=AREA)).to_be_visible()
    block = page.locator("section, article").filter(has=page.get_by_text(f"{CODE}: ")).last
    expect(block).to_contain_text("Sign-off")
    expect(block).to_contain_text("Cora Lindqvist")
    expect(block).to_contain_text(CREDENTIAL)
    look(page, "the rows behind a cell")


def enter_and_sign_hours(ana: Page, cora: Page) -> None:
    ana.goto("/hours/practice")
    ana.get_by_label("Core function").select_option(index=3)
    ana.get_by_label("Hours").fill("1")
    ana.get_by_label("Minutes").fill("7")
    look(ana, "entering hours")
    ana.get_by_role("button", name="Sign and save").click()
    expect(ana.get_by_text("It counts once the other has signed.")).to_be_visible()

    cora.goto("/team/")
    cora.get_by_role("link", name="Hours").first.click()
    look(cora, "hours of the team")
    line = cora.get_by_role("listitem").filter(has_text="1 h 7 min")
    line.get_by_role("button", name="Sign").click()
    expect(cora.get_by_text("Signed. The line carries both signatures and counts.")).to_be_visible()
    expect(line).to_have_count(0)

    ana.goto("/hours/")
    signed = ana.get_by_role("row").filter(has_text="1 h 7 min")
    expect(signed).to_contain_text("signed by both")


def see_who_looked(page: Page) -> None:
    page.goto("/account/my-data")
    opened = page.get_by_role("row").filter(has_text="Cora Lindqvist").first
    for kind in ("competencies", "observation", "sign-off", "supervision"):
        expect(opened).to_contain_text(kind)
    look(page, "what is kept about oneself")


def test_without_a_script_the_chain_goes_on_by_forms(open_page: OpenPage, watch: Watch) -> None:
    watch.allow("status of 422")
    cora = open_page(viewport=PHONE, java_script_enabled=False)
    noor = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(cora, "cora")
    sign_in(noor, "noor")
    cora.goto("/team/")
    open_person(cora, "Noor Haddad")
    cora.get_by_role("button", name="New observation").click()

    cora.get_by_label("Which competency did you see?").select_option("MI")
    cora.get_by_role("button", name="Add", exact=True).click()
    cora.get_by_role("radio", name="Developing").check(force=True)  # its label lies over it
    cora.get_by_label("How you saw it").select_option("live")
    cora.get_by_role("button", name="Finish").click()
    expect(cora.get_by_text("Write a few words").first).to_be_visible()  # nothing typed is lost
    expect(cora.get_by_role("radio", name="Developing")).to_be_checked()
    cora.get_by_label("What went well").fill(WELL)
    cora.get_by_label("What comes next").fill(NEXT)
    cora.get_by_role("button", name="Finish").click()
    expect(cora.get_by_text("Finished. The person sees it now.")).to_be_visible()

    noor.goto("/learn/supervision")
    noor.get_by_role("table", name="Observations of you").get_by_role("link").first.click()
    noor.get_by_role("button", name="I have read this").click()
    expect(noor.get_by_text("you read it")).to_be_visible()


def test_an_observation_is_written_by_keyboard_alone(page: Page) -> None:
    sign_in(page, "cora")
    page.goto("/team/")
    page.goto(link_of_person(page, "Priya Raman"))
    focus_by_tab(page, "New observation", tag="button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/observations/*")

    reach(page, "How you saw it", "Live")
    reach(page, "Which competency did you see?", "MI:")
    focus_by_tab(page, "Add", tag="button")
    page.keyboard.press("Enter")
    page.wait_for_url("**#marks")
    reach(page, "Not rated")
    for _ in range(3):  # from the last to the first, and on to the third
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Competent")).to_be_checked()
    reach(page, "What went well", WELL)
    reach(page, "What comes next", NEXT)
    focus_by_tab(page, "Finish", tag="button")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Finished. The person sees it now.")).to_be_visible()


def reach(page: Page, label: str, words: str = "") -> None:
    focus_by_tab(page, label, tag="input, select, textarea")
    assert focus_is_seen(page) or label == "Not rated"  # a step shows it on its label
    page.keyboard.type(words)


def test_the_matrix_of_twelve_areas_prints_on_one_sheet(page: Page) -> None:
    sign_in(page, "cora")
    page.goto("/team/")
    page.get_by_role("link", name="Competencies").first.click()
    expect(page.get_by_role("columnheader")).to_have_count(13)

    printed = page.pdf(prefer_css_page_size=True)

    assert len(SHEET.findall(printed)) == 1
    assert b"/MediaBox [0 0 792 612]" in printed  # across


def test_the_matrix_is_read_by_keyboard_without_scrolling_sideways(page: Page) -> None:
    sign_in(page, "cora")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/team/")
    page.get_by_role("link", name="Competencies").first.click()
    table = page.locator(".matrix .table-wrap")

    focus_by_tab(page, "Documen\N{SOFT HYPHEN}tation", tag="a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Documentation")).to_be_visible()
    page.go_back()

    assert table.evaluate("it => it.scrollWidth <= it.clientWidth")
    focus_by_tab(page, "expired", tag="a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Documentation")).to_be_visible()
