"""Makes audit packets beside the answering of requests, in a thread that ends when none waits.

Only in a process that serves: it is told so when housekeeping starts.
"""

from __future__ import annotations

import logging
from threading import Lock, Thread

from flask import Flask

from app.services.packet_making import make_packets
from app.storage.store import Store
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.database import db
from app.web.shared.site_days import site_zone

log = logging.getLogger("waymark")
NAME = "waymark-packet-maker"


class PacketMaker:
    """At most one thread of a process makes packets."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = Lock()
        self._is_at_it = False
        self._rang = False
        self.serves = False

    def ring(self) -> Thread | None:
        """Says that a packet waits. None: somebody is at it already, or this process serves not."""
        with self._lock:
            self._rang = True
            if self._is_at_it or not self.serves:
                return None
            self._is_at_it = True
        thread = Thread(target=self._work, name="packets", daemon=True)
        thread.start()
        return thread

    def _work(self) -> None:
        while self._goes_on():
            try:
                with self._app.app_context():
                    make_packets(Store(db.session(), zone=site_zone()), current_library(), now)
            except Exception:
                log.exception("audit packets could not be made; housekeeping tries again")

    def _goes_on(self) -> bool:
        with self._lock:
            self._is_at_it, self._rang = self._rang, False
            return self._is_at_it


def install_packet_maker(app: Flask) -> None:
    """Gives the app its maker, which rests until the process serves."""
    app.extensions[NAME] = PacketMaker(app)


def packet_maker(app: Flask) -> PacketMaker:
    """The maker of an app."""
    maker: PacketMaker = app.extensions[NAME]
    return maker
