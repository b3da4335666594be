"""A person with a browser: signs in, opens pages, sends forms; every page is checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.cast import PASSWORD
from tests.web.page_checks import PageReader, page_faults

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from app.domain.person import Person

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """One browser. Several of one test never share anything but the server."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self._token = ""

    def sign_in(self, person: Person, password: str = PASSWORD) -> Visitor:
        self.get("/account/sign-in")
        response = self.post(
            "/account/sign-in", {"email": person.email, "password": password}, expect=None
        )
        assert response.status_code == 303, response.get_data(as_text=True)
        self._token = ""
        return self

    def get(self, url: str, expect: int | None = 200) -> TestResponse:
        """Opens an address; a page must be a whole and proper one."""
        response = self.client.get(url)
        if expect is not None:
            assert response.status_code == expect, f"{url}: {response.status}"
        self._check(url, response)
        return response

    def text(self, url: str, expect: int = 200) -> str:
        return self.get(url, expect).get_data(as_text=True)

    def page(self, url: str) -> PageReader:
        return PageReader(self.text(url))

    def post(
        self,
        url: str,
        data: dict[str, object] | None = None,
        *,
        expect: int | None = 303,
        headers: dict[str, str] | None = None,
    ) -> TestResponse:
        """Sends a form with the token of this browser."""
        sent = {"csrf_token": self.token(), **(data or {})}
        response = self.client.post(url, data=sent, headers=headers or {})
        if expect is not None:
            assert response.status_code == expect, (
                f"{url}: {response.status}\n{response.get_data(as_text=True)[:2000]}"
            )
        if "HX-Request" not in (headers or {}):
            self._check(url, response)
        return response

    def token(self) -> str:
        """The form token of this browser, read from a page as a browser would."""
        if not self._token:
            for url in ("/account/", "/account/sign-in"):
                found = TOKEN.search(self.client.get(url).get_data(as_text=True))
                if found:
                    self._token = found[1]
                    break
        return self._token

    @staticmethod
    def _check(url: str, response: TestResponse) -> None:
        if response.mimetype != "text/html" or not response.data:
            return
        html = response.get_data(as_text=True)
        if response.status_code in {301, 302, 303, 308} or "<!doctype html>" not in html.lower():
            return
        faults = page_faults(html)
        assert not faults, f"{url}: {faults}"
