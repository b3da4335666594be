"""People who answer a mock exam over HTTP as fast as they can, and remember what they were told."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from random import Random
from urllib.parse import urlencode

from app.domain.attempt import Attempt
from tests.cast import PASSWORD
from tests.faults.ledger import Ledger, Post

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PATIENCE = 20  # seconds for one answer
PAUSE = 0.05  # seconds before a server that is gone is tried again
Reply = tuple[int, Mapping[str, object]]


class Browser:
    """One signed-in browser, as far as saving needs one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookie = ""
        self._token = ""
        self._connection: HTTPConnection | None = None

    def sign_in(self, email: str) -> None:
        self._read_token("/account/sign-in")
        status, _ = self._ask("/account/sign-in", {"email": email, "password": PASSWORD})
        assert status == 303, f"signing in was answered with {status}"
        self._read_token("/account/")

    def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """Sends a form and reads the whole reply. Raises: OSError or HTTPException without one."""
        status, body = self._ask(path, form)
        return status, json.loads(body) if body[:1] == "{" else {"body": body[:300]}

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read_token(self, path: str) -> None:
        _, body = self._ask(path)
        found = TOKEN.search(body)
        assert found, f"{path} holds no form token: {body[:300]}"
        self._token = found[1]

    def _ask(self, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str]:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {"Accept": "application/json" if self._token else "text/html"}
        if self._cookie:
            headers["Cookie"] = self._cookie
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrf_token": self._token, **form})
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookie = "; ".join(f"{k}={v.value}" for k, v in SimpleCookie(line).items())
        return response.status, text


class Client:
    """One person with one exam. Every answer differs from the one that is kept."""

    def __init__(self, browser: Browser, exam: Attempt, ledger: Ledger, seed: int) -> None:
        self.unexpected: list[Reply] = []
        self._browser, self._exam, self._ledger = browser, exam, ledger
        self._random = Random(seed)
        self._shown: dict[int, tuple[str, int]] = {}  # the answer and revision by position
        self._unsure: Post | None = None  # sent, and never answered
        self._number = 0

    def save_once(self) -> None:
        """Sends one answer. What gets no reply is sent again, or forgotten, later."""
        post = self._again_or_new()
        self._ledger.send(post)
        form = {"base_revision": str(post.base_revision), "request_key": post.key}
        form |= {"chosen": post.chosen} if post.chosen else {"take_back": "yes"}
        path = f"/exam/sittings/{self._exam.id}/items/{post.place[1]}"
        try:
            status, told = self._browser.post(path, form)
        except (OSError, HTTPException, ValueError):
            self._unsure = post
            self._browser.hang_up()
            time.sleep(PAUSE)
            return
        chosen, revision = str(told.get("chosen")), told.get("revision")
        is_saved = status == 200 and told.get("saved") is True and chosen == post.chosen
        has_moved_on = status == 409 and told.get("code") == "answered-elsewhere"
        if not isinstance(revision, int) or not (is_saved or has_moved_on):
            self.unexpected.append((status, told))
            return
        if is_saved:
            self._ledger.acknowledge(post, revision)
        self._shown[post.place[1]] = (chosen, revision)

    def _again_or_new(self) -> Post:
        unsure, self._unsure = self._unsure, None
        if unsure is not None and self._random.random() < 0.5:
            return unsure
        position = self._random.choice(self._exam.slots).position
        chosen, revision = self._shown.get(position, ("", 0))
        others = [option for option in ("a", "b", "c", "d", "") if option != chosen]
        self._number += 1
        key = f"{self._number}-{self._random.randrange(10**9)}"
        return Post((self._exam.id, position), self._random.choice(others), revision, key)


@contextmanager
def at_work(clients: Sequence[Client]) -> Iterator[None]:
    """Lets all clients save, each in a thread, until the end."""
    done = threading.Event()

    def work(client: Client) -> None:
        while not done.is_set():
            client.save_once()

    threads = [threading.Thread(target=work, args=(client,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()
