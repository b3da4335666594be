"""Each digest leaves once: over days, over two processes, and after a mail server failed."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.assignment import AssignmentKind
from app.domain.person import Person
from app.library.library import Library, read_library
from app.services import cohort
from app.services.digests import FROM_HOUR, choose_digests, send_digests
from app.services.mail import ConsoleMailer, Mail, MailFailed, SmtpMailer, mailer_for
from app.storage.store import Store
from tests.at_once import at_once
from tests.builders import a_content_folder
from tests.cast import NOW, Cast, as_viewer
from tests.supervision_builders import a_credential

TODAY = NOW.date()
MORNING = NOW.replace(hour=FROM_HOUR)


class Links:
    def asked(self) -> str:
        return "https://x.example/learn/asked"

    def asked_person(self, cohort_id: str, assignment_id: str, person_id: str) -> str:
        return f"https://x.example/team/{cohort_id}/{assignment_id}/{person_id}"

    def credentials(self) -> str:
        return "https://x.example/credentials/"

    def ending_in_team(self, cohort_id: str) -> str:
        return f"https://x.example/team/{cohort_id}?need=expiring"

    def choices(self) -> str:
        return "https://x.example/account/"


class Post:
    """A mailer that keeps what it is given, and fails while it is told to."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.is_down = False

    def send(self, mail: Mail) -> None:
        if self.is_down:
            raise MailFailed("SMTPServerDisconnected")
        self.mails.append(mail)

    def to(self, person: str) -> list[Mail]:
        return [mail for mail in self.mails if mail.to.startswith(person)]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_library(a_content_folder(tmp_path))


@pytest.fixture
def post() -> Post:
    return Post()


Send = Callable[[datetime], int]


@pytest.fixture
def send(store: Store, library: Library, post: Post) -> Send:
    return lambda now: send_digests(store, library, post, Links(), now=now)


def ask(store: Store, cast: Cast, *, due_in: int = 30, person: str = "ana") -> str:
    wish = cohort.AssignmentWish(
        AssignmentKind.LESSON,
        "family/consent-first",
        TODAY + timedelta(days=due_in),
        getattr(cast, person).id,
    )
    cora = as_viewer(store, cast.cora)
    return cohort.assign(store, cora, cohort_id=cast.eastside.id, wish=wish, now=NOW).id


def test_over_two_months_each_reminder_comes_once(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    ask(store, cast)

    days = {offset: send(MORNING + timedelta(days=offset)) for offset in range(50)}

    to_ana = [int(mail.key[-2:]) for mail in post.to("ana")]
    assert len(to_ana) == 6
    assert [offset for offset, sent in days.items() if sent] == [16, 23, 29, 31, 38, 45]
    assert [len(post.to("cora")), len(post.to("luis"))] == [3, 0]


def test_nothing_leaves_before_the_hour_and_one_digest_a_day(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    ask(store, cast, due_in=7)
    day = MORNING + timedelta(days=6)

    early = send(day - timedelta(minutes=1))
    sent = [send(day + timedelta(hours=hour)) for hour in range(5)]

    assert (early, sent) == (0, [1, 0, 0, 0, 0])
    (mail,) = post.mails
    assert mail.subject == "Waymark: 1 thing asked of you"
    assert "Consent first, due November 30" in mail.text
    assert "https://x.example/learn/asked" in mail.text


def test_two_processes_send_each_digest_once(
    store: Store, cast: Cast, library: Library, post: Post
) -> None:
    for person in ("ana", "luis", "noor"):
        ask(store, cast, due_in=1, person=person)
    overdue = MORNING + timedelta(days=2)

    at_once(store, *[lambda own: send_digests(own, library, post, Links(), now=overdue)] * 3)

    assert sorted(mail.to.split("@")[0] for mail in post.mails) == ["ana", "cora", "luis", "noor"]


def test_a_failed_mail_is_tried_again_later_and_told_without_addresses(
    store: Store, cast: Cast, post: Post, send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    ask(store, cast, due_in=7)
    day, post.is_down = MORNING + timedelta(days=6), True

    with caplog.at_level(logging.WARNING):
        failed = send(day)
    post.is_down = False
    at_once_again = send(day + timedelta(minutes=10))
    later = send(day + timedelta(minutes=20))

    assert (failed, at_once_again, later, len(post.mails)) == (0, 0, 1, 1)
    assert "could not be sent (SMTPServerDisconnected)" in caplog.text
    assert "@" not in caplog.text


def test_a_day_without_a_mail_server_brings_the_digest_the_next_day(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    ask(store, cast, due_in=7)
    day, post.is_down = MORNING + timedelta(days=6), True
    for hour in range(0, 12, 3):
        send(day + timedelta(hours=hour))
    post.is_down = False

    assert [send(day + timedelta(days=1)), send(day + timedelta(days=1, hours=1))] == [1, 0]


def test_nobody_is_reminded_on_leave_and_once_afterwards(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    ask(store, cast, due_in=1)
    days = (TODAY + timedelta(days=2), TODAY + timedelta(days=20))
    cora = as_viewer(store, cast.cora)
    cohort.keep_leave(store, cora, person_id=cast.ana.id, days=days, now=NOW)

    for offset in range(23):
        send(MORNING + timedelta(days=offset))

    assert [mail.key[-10:] for mail in post.to("ana")] == [str(TODAY + timedelta(days=21))]


def test_turned_off_only_a_reminder_by_hand_comes(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    asked = ask(store, cast, due_in=7)
    choose_digests(store, as_viewer(store, cast.ana), is_off=True, now=NOW)
    day = MORNING + timedelta(days=6)

    routine = send(day)
    cohort.remind(
        store,
        as_viewer(store, cast.cora),
        cohort_id=cast.eastside.id,
        assignment_id=asked,
        person_id=cast.ana.id,
        now=day,
    )
    by_hand = [send(day + timedelta(hours=1)), send(day + timedelta(days=1))]

    assert (routine, by_hand) == (0, [1, 0])


def test_a_supervisor_hears_who_is_overdue_with_a_link_and_nothing_of_scores(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    asked = ask(store, cast, due_in=1)

    send(MORNING + timedelta(days=2))

    (mail,) = post.to("cora")
    assert "Ana Reyes (Eastside): Consent first, was due November 24" in mail.text
    assert f"https://x.example/team/{cast.eastside.id}/{asked}/{cast.ana.id}" in mail.text
    assert "score" not in mail.text
    assert not post.to("dov")


def test_the_console_prints_a_mail() -> None:
    out = io.StringIO()

    ConsoleMailer(out).send(Mail("ana@x.example", "Subject", "Text", "key"))

    assert "Subject: Subject\n\nText" in out.getvalue()


def test_a_mail_server_that_cannot_be_reached_is_told_by_its_kind() -> None:
    mailer = mailer_for("smtp://ana:secret@127.0.0.1:9", sender="w@x.example")
    assert isinstance(mailer, SmtpMailer)

    with pytest.raises(MailFailed) as failed:
        mailer.send(Mail("ana@x.example", "Subject", "Text", "key"))

    assert str(failed.value) == "ConnectionRefusedError"


def test_a_credential_that_ends_is_told_once_a_step_to_its_person_and_their_supervisor(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    licence(store, cast.ana, ends_in=95)

    days = [offset for offset in range(130) if send(MORNING + timedelta(days=offset))]

    assert days == [5, 65, 81, 88, 94]
    assert [len(post.to(name)) for name in ("ana", "cora", "dov", "luis")] == [5, 5, 0, 0]
    own, of_team = post.to("ana")[0], post.to("cora")[0]
    assert own.subject == "Waymark: a credential of yours ends soon"
    assert "- CADC, valid until February 26, 2027" in own.text
    assert "https://x.example/credentials/" in own.text
    assert of_team.subject == "Waymark: credentials that end in your team"
    assert "- Ana Reyes (Eastside): CADC, valid until February 26, 2027" in of_team.text
    assert f"https://x.example/team/{cast.eastside.id}?need=expiring" in of_team.text
    assert "4711" not in own.text + of_team.text


def test_what_is_asked_and_what_ends_come_in_one_mail(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    ask(store, cast, due_in=8)
    licence(store, cast.ana, ends_in=31)

    send(MORNING + timedelta(days=1))

    (mail,) = post.to("ana")
    assert "Consent first" in mail.text
    assert "CADC, valid until" in mail.text


def test_a_renewed_or_ended_credential_brings_no_mail(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    licence(store, cast.ana, ends_in=20)
    licence(store, cast.ana, ends_in=750)
    licence(store, cast.luis, ends_in=-1)

    assert [send(MORNING + timedelta(days=offset)) for offset in (0, 6, 13, 19)] == [0, 0, 0, 0]


def test_off_is_off_for_what_ends_too(store: Store, cast: Cast, post: Post, send: Send) -> None:
    licence(store, cast.ana, ends_in=30)
    for person in (cast.ana, cast.cora):
        choose_digests(store, as_viewer(store, person), is_off=True, now=NOW)

    assert send(MORNING) == 0


def test_on_leave_an_own_end_waits_and_the_supervisor_hears_of_it(
    store: Store, cast: Cast, post: Post, send: Send
) -> None:
    licence(store, cast.ana, ends_in=32)
    days = (TODAY + timedelta(days=1), TODAY + timedelta(days=9))
    cohort.keep_leave(store, as_viewer(store, cast.cora), person_id=cast.ana.id, days=days, now=NOW)
    with store.writing():  # both had a digest before
        for person in (cast.ana, cast.cora):
            store.digests.claim(person.id, TODAY, held_until=NOW)
            store.digests.mark_sent(person.id, TODAY, now=NOW)

    for offset in range(1, 13):
        send(MORNING + timedelta(days=offset))

    assert [mail.key[-10:] for mail in post.to("ana")] == [str(TODAY + timedelta(days=10))]
    assert [mail.key[-10:] for mail in post.to("cora")] == [str(TODAY + timedelta(days=2))]


def licence(store: Store, person: Person, *, ends_in: int) -> None:
    held = a_credential(
        id=store.new_id(NOW),
        person_id=person.id,
        kind="CADC",
        issued_on=TODAY - timedelta(days=400),
        expires_on=TODAY + timedelta(days=ends_in),
    )
    with store.writing():
        store.credentials.add(held, by=person.id, now=NOW)
