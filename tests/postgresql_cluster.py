"""A throw-away PostgreSQL for one test run: started once, a fresh database for every test.

It listens on a socket in a temporary folder only, and trades durability for speed. A server
named by WAYMARK_TEST_POSTGRESQL_URL is used instead when there is one.
"""

from __future__ import annotations

import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from tests.setup.machine import fast_folder, is_root
from tests.setup.postgresql import find_programs, given_server

ROLE = "waymark"
SECONDS_TO_START = 30
CLUSTER_MEGABYTES = 1000
TEMPLATE_LOCK = 4_242_001  # any fixed number: one worker fills, the others wait
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class ClusterTrouble(RuntimeError):
    """No server can be had; the message says why."""


class Cluster:
    """A server started by this test run.

    Cost: about a second for `initdb`, a tenth of one to start.
    """

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = _unprivileged_user()
        # Short on purpose: a socket's path may have about 100 characters.
        place = fast_folder(megabytes=CLUSTER_MEGABYTES)
        self._folder = Path(tempfile.mkdtemp(prefix="waymark-pg-", dir=place))
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@/postgres?host={self._folder}"

    def start(self) -> None:
        """Makes the cluster and waits until it answers. Raises: ClusterTrouble if it does not."""
        data = self._folder / "data"
        made = subprocess.run(
            [
                self._programs / "initdb",
                *("--pgdata", data, "--username", ROLE, "--auth", "trust"),
                *("--encoding", "UTF8", "--no-locale", "--no-sync"),
            ],
            check=False,
            capture_output=True,
            text=True,
            user=self._user,
            cwd=self._folder,
        )
        if made.returncode != 0:
            raise ClusterTrouble(f"initdb failed: {made.stderr.strip()[-400:]}")
        options = [part for setting in FAST for part in ("-c", setting)]
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [
                    *(self._programs / "postgres", "-D", data, "-k", self._folder),
                    *("-c", "listen_addresses=", *options),
                ],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd=self._folder,
                start_new_session=True,  # an interrupt of the tests must not reach it first
            )
        self._wait()

    def stop(self) -> None:
        """Ends the server and removes everything it wrote."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth keeping
            self._server.wait(timeout=SECONDS_TO_START)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                if self._server is None or self._server.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return
        said = (self._folder / "log").read_text(errors="replace").strip()[-400:]
        raise ClusterTrouble(f"PostgreSQL did not start: {said}")


def start_server() -> tuple[str, Callable[[], None]]:
    """Gives the address of a server for the tests and how to stop it.

    Raises: ClusterTrouble when the machine has none, or it does not start.
    """
    given = given_server()
    if given is not None:
        return given, lambda: None
    programs = find_programs()
    if programs is None:
        raise ClusterTrouble("PostgreSQL's programs are not installed (make test installs them)")
    cluster = Cluster(programs)
    try:
        cluster.start()
    except BaseException:
        cluster.stop()
        raise
    return cluster.url, cluster.stop


@cache
def make_template(server: str, name: str, fill: Callable[[str], None]) -> None:
    """Makes a database to copy, unless this worker or another has done so."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            _create(connection, name)
            try:
                fill(database_url(server, name))
            except BaseException:
                _drop(connection, name)
                raise


@contextmanager
def fresh_database(server: str, name: str, template: str) -> Iterator[str]:
    """Gives the address of a database of one's own. Cost: about a tenth of a second."""
    with psycopg.connect(server, autocommit=True) as connection:
        _drop(connection, name)  # left over from a run that was killed, on a given server
        _create(connection, name, template=template)
        try:
            yield database_url(server, name)
        finally:
            _drop(connection, name)


def drop_databases(server: str, *, prefix: str) -> None:
    """Removes what a test run made on a server that stays."""
    with psycopg.connect(server, autocommit=True) as connection:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        for (name,) in connection.execute(query, [prefix]).fetchall():
            _drop(connection, name)


def database_url(server: str, name: str) -> str:
    """The address of another database on the same server."""
    address, _, query = server.partition("?")
    scheme, _, rest = address.partition("://")
    host = rest.partition("/")[0]
    return f"{scheme}://{host}/{name}" + (f"?{query}" if query else "")


def _create(
    connection: psycopg.Connection[tuple[object, ...]], name: str, *, template: str = "template0"
) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    # FORCE: a test that failed may have left a connection open.
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _unprivileged_user() -> str | None:
    """Whom to run the server as: PostgreSQL refuses to run as root. None: as ourselves."""
    if not is_root():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ClusterTrouble("running as root, and there is neither a user postgres nor nobody")
