"""A form that is refused comes back with its reasons, and axe finds nothing on that page either.

Browsers stop most empty forms by themselves; here they are told not to, as an old browser or a
script would send them.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import link_of_person, sign_in

SMALL_AND_DARK = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
# Whose form, where it stands ({team} and {ana} are filled in), and the words of its button.
FORMS = [
    ("ana", "/hours/practice", "Sign and save"),
    ("ana", "/hours/meetings", "Sign and save"),
    ("ana", "/credentials/", "Save the credential"),
    ("ana", "/learn/supervision/ask", "Ask"),
    ("cora", "{team}/assignments", "Assign"),
    ("cora", "{ana}/contract", "Accept and send it"),
    ("cora", "{ana}/goals/new", "Set this goal"),
    ("eli", "/admin/invite", "Make the link"),
    ("ben", "/studio/cases/new", "Start writing"),
]


@pytest.mark.parametrize(("name", "where", "button"), FORMS, ids=[f"{n} {w}" for n, w, _ in FORMS])
def test_a_refused_form_says_why_and_axe_finds_nothing(
    open_page: OpenPage, watch: Watch, name: str, where: str, button: str
) -> None:
    watch.allow("status of 422")
    page = open_page(**SMALL_AND_DARK)
    sign_in(page, name)
    page.goto(_address(page, where))

    with page.expect_navigation() as sent:
        _send_without_words(page, button)

    answer = sent.value
    assert answer is not None
    assert answer.status == 422
    expect(page.get_by_role("alert").or_(page.locator("[aria-invalid=true]")).first).to_be_visible()
    assert axe(page) == []


def _address(page: Page, where: str) -> str:
    if "{" not in where:
        return where
    page.goto("/team/")
    ana = link_of_person(page, "Ana Reyes")
    return where.format(ana=ana, team=ana.partition("/people/")[0])


def _send_without_words(page: Page, button: str) -> None:
    form = page.locator("main form[method=post]").filter(
        has=page.get_by_role("button", name=button)
    )
    form.first.evaluate(
        """(form) => {
          form.noValidate = true;
          for (const field of form.querySelectorAll("input, textarea, select")) {
            if (["hidden", "submit"].includes(field.type)) continue;
            if (["checkbox", "radio"].includes(field.type)) field.checked = false;
            else if (field.tagName === "SELECT") field.selectedIndex = -1;
            else field.value = "";
          }
          form.submit();
        }"""
    )
