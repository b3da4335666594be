"""Settings, read once from the environment. Every field has a safe default and a line in docs."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_BASE_URL = "http://127.0.0.1:8000"
DEFAULT_MAIL_FROM = "waymark@localhost"
MAIL_SCHEMES = frozenset({"smtp", "smtps"})
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})


class SettingsError(ValueError):
    """A setting holds something that cannot be used; the message names the setting."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can decide, in one place.

    None: `content_dir` and `scenarios_dir` are None when the shipped folders serve.
    """

    instance_dir: Path  # WAYMARK_INSTANCE_DIR: where the database file and the secret lie
    database_url: str  # WAYMARK_DATABASE_URL: sqlite:///… or postgresql://…
    secret_key: str  # WAYMARK_SECRET_KEY: signs cookies; made and kept when not set
    content_dir: str | None  # WAYMARK_CONTENT_DIR: lessons, questions and reference data
    scenarios_dir: str | None  # WAYMARK_SCENARIOS_DIR: cases
    base_url: str  # WAYMARK_BASE_URL: the address people type; used in links that leave the page
    demo: bool  # WAYMARK_DEMO: demo sign-ins are shown; serves loopback only
    mail_url: str  # WAYMARK_MAIL_URL: smtp:// or smtps://; empty prints mails to the console
    mail_from: str  # WAYMARK_MAIL_FROM: the sender of mails
    proxy_hops: int  # WAYMARK_PROXY_HOPS: trusted reverse proxies in front, 0 for none
    time_zone: str  # WAYMARK_TIME_ZONE: the zone whose days count

    @property
    def uses_https(self) -> bool:
        """Says whether people reach the site over TLS, so that cookies may demand it."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """Names the host people reach the site by, without port."""
        return urlsplit(self.base_url).hostname or "127.0.0.1"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Reads the settings from the environment.

    Raises: SettingsError if a value cannot be used.
    """
    env = os.environ if environ is None else environ
    instance_dir = Path(env.get("WAYMARK_INSTANCE_DIR") or "instance").absolute()
    base_url = (env.get("WAYMARK_BASE_URL") or DEFAULT_BASE_URL).rstrip("/")
    if urlsplit(base_url).scheme not in {"http", "https"}:
        raise SettingsError("WAYMARK_BASE_URL must start with http:// or https://.")
    return Settings(
        instance_dir=instance_dir,
        database_url=env.get("WAYMARK_DATABASE_URL") or f"sqlite:///{instance_dir / 'waymark.db'}",
        secret_key=env.get("WAYMARK_SECRET_KEY") or _kept_secret(instance_dir),
        content_dir=env.get("WAYMARK_CONTENT_DIR") or None,
        scenarios_dir=env.get("WAYMARK_SCENARIOS_DIR") or None,
        base_url=base_url,
        demo=_flag(env, "WAYMARK_DEMO"),
        mail_url=_mail_url(env),
        mail_from=env.get("WAYMARK_MAIL_FROM", "").strip() or DEFAULT_MAIL_FROM,
        proxy_hops=_whole_number(env, "WAYMARK_PROXY_HOPS"),
        time_zone=_zone(env),
    )


def _flag(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").strip().lower() in TRUE_WORDS


def _mail_url(env: Mapping[str, str]) -> str:
    url = env.get("WAYMARK_MAIL_URL", "").strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in MAIL_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound:
        # The value is not told: it holds a password.
        raise SettingsError(
            "WAYMARK_MAIL_URL must be of the form smtp://user:password@host:587 "
            "(or smtps://…:465), with special characters in the password percent-encoded."
        )
    return url


def _whole_number(env: Mapping[str, str], name: str) -> int:
    text = env.get(name, "").strip() or "0"
    if not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, for example 1; it is “{text}”.")
    return int(text)


def _zone(env: Mapping[str, str]) -> str:
    name = env.get("WAYMARK_TIME_ZONE", "").strip() or "UTC"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"WAYMARK_TIME_ZONE must name a time zone such as America/New_York; it is “{name}”."
        ) from error
    return name


def _kept_secret(instance_dir: Path) -> str:
    """Reads the secret kept beside the database, or makes one that only its owner can read."""
    path = instance_dir / "secret-key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SettingsError(
            f"Waymark cannot read its secret key at {path} ({error.strerror}). "
            "Make the file readable, or set WAYMARK_SECRET_KEY."
        ) from error
    try:
        instance_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(
            f"Waymark cannot write its secret key to {path} ({error.strerror}). "
            "Make the folder writable, or set WAYMARK_SECRET_KEY."
        ) from error
    secret = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
