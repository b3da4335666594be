"""The thread that keeps house in each serving process: nobody has to look for time to be over."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from flask import Flask

from app.domain.regrade import Regrade
from app.services.digests import send_digests
from app.services.housekeeping import close_left_open, go_on_with_stopped
from app.services.mail import mailer_for
from app.services.packet_making import are_waiting, remove_expired
from app.storage.store import Store
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.database import db
from app.web.shared.packet_maker import packet_maker
from app.web.shared.site_days import site_zone

log = logging.getLogger("waymark")

EVERY = 30.0  # seconds
BETWEEN_DIGESTS = timedelta(minutes=10)


def start_housekeeping(app: Flask, *, every: float = EVERY, stop: Event | None = None) -> Thread:
    """Starts keeping house beside the answering of requests, until the process ends.

    Only for a process that serves, after it was forked: threads do not survive a fork. Several
    processes may do it at once; each exam is closed, and reached by a regrade, by one of them.
    """
    until = stop or Event()
    packet_maker(app).serves = True
    thread = Thread(target=_keep_house, args=(app, every, until), name="housekeeping", daemon=True)
    thread.start()
    return thread


@dataclass(frozen=True, slots=True)
class MailLinks:
    """Addresses for mails: made outside any request, from the address people type."""

    app: Flask

    def asked(self) -> str:
        """Where a person sees everything asked of them."""
        return self._url("learn.asked")

    def asked_person(self, cohort_id: str, assignment_id: str, person_id: str) -> str:
        """Where a supervisor reminds somebody or gives more time."""
        return self._url(
            "team.asked_person",
            cohort_id=cohort_id,
            assignment_id=assignment_id,
            person_id=person_id,
        )

    def credentials(self) -> str:
        """Where somebody keeps their credentials."""
        return self._url("credentials.credentials")

    def ending_in_team(self, cohort_id: str) -> str:
        """Where a supervisor sees what ends in a team."""
        return f"{self._url('team.team', cohort_id=cohort_id)}?need=expiring"

    def choices(self) -> str:
        """Where digests are turned off."""
        return f"{self._url('account.profile')}#reminders"

    def _url(self, endpoint: str, **values: str) -> str:
        base: str = self.app.config["WAYMARK"].base_url
        return base + self.app.url_map.bind("localhost").build(endpoint, values)


def _mail_digests(app: Flask, store: Store) -> None:
    settings = app.config["WAYMARK"]
    mailer = mailer_for(settings.mail_url, sender=settings.mail_from)
    send_digests(store, current_library(), mailer, MailLinks(app), now=now())


def _see_to_packets(app: Flask, store: Store) -> None:
    remove_expired(store, now=now())
    if are_waiting(store, now=now()):
        packet_maker(app).ring()


def _keep_house(app: Flask, every: float, until: Event) -> None:
    seen: Mapping[str, Regrade] = {}
    looked_at: datetime | None = None
    while not until.wait(every):
        try:
            with app.app_context():
                store = Store(db.session(), zone=site_zone())
                close_left_open(store, now=now())
                seen = go_on_with_stopped(store, seen, now=now())
                _see_to_packets(app, store)
                if looked_at is None or now() - looked_at >= BETWEEN_DIGESTS:
                    looked_at = now()
                    _mail_digests(app, store)
        except Exception:
            log.exception("housekeeping failed; it is tried again in %.0f seconds", every)
