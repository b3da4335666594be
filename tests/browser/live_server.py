"""A real server for a real browser: the app with the demo, threaded, in the test process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from app.config import Settings, read_settings
from app.demo.load import load_demo
from app.factory import create_app
from app.library.places import find_places
from app.services.content import load_content
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from app.storage.store import open_store
from app.web.shared.packet_maker import packet_maker


@contextmanager
def serve_demo(folder: Path) -> Iterator[str]:
    """Serves the app with the demo loaded, on a free port. Gives its address."""
    server = make_server("127.0.0.1", 0, Response("starting", 503), threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    settings = read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(folder),
            "WAYMARK_SECRET_KEY": "a secret for tests only, long enough to sign with",
            "WAYMARK_BASE_URL": address,
            "WAYMARK_DEMO": "1",
        }
    )
    _prepare(settings)
    app = create_app(settings)
    packet_maker(app).serves = True  # no other housekeeping: the demo stays as it was loaded
    server.app = app
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            for engine in app.extensions["sqlalchemy"].engines.values():
                engine.dispose()


def _prepare(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    upgrade(engine)
    now = datetime.now(UTC)
    with open_store(engine) as store:
        library = load_content(
            store, find_places(settings.content_dir, settings.scenarios_dir), now=now
        )
        load_demo(store, library, today=now.date())
    engine.dispose()
