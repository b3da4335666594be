"""Settings: safe by default, and a bad value is named."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.config import SettingsError, read_settings


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = read_settings({"WAYMARK_INSTANCE_DIR": str(tmp_path)})

    assert settings.database_url == f"sqlite:///{tmp_path}/waymark.db"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.content_dir is None
    assert settings.scenarios_dir is None
    assert not settings.demo
    assert settings.proxy_hops == 0
    assert settings.time_zone == "UTC"


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    environment = {"WAYMARK_INSTANCE_DIR": str(tmp_path / "new")}

    first, second = read_settings(environment), read_settings(environment)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


def test_a_given_secret_writes_no_file(tmp_path: Path) -> None:
    environment = {"WAYMARK_INSTANCE_DIR": str(tmp_path), "WAYMARK_SECRET_KEY": "given"}

    assert read_settings(environment).secret_key == "given"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("word", ["1", "true", "Yes", " on "])
def test_demo_is_switched_on_by_words_of_truth(tmp_path: Path, word: str) -> None:
    environment = {"WAYMARK_INSTANCE_DIR": str(tmp_path), "WAYMARK_DEMO": word}

    assert read_settings(environment).demo


def test_the_base_url_loses_its_last_slash_and_tells_the_host(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(tmp_path),
            "WAYMARK_BASE_URL": "https://waymark.example.org:8443/",
        }
    )

    assert settings.base_url == "https://waymark.example.org:8443"
    assert settings.uses_https
    assert settings.host == "waymark.example.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [("WAYMARK_BASE_URL", "waymark.example.org"), ("WAYMARK_PROXY_HOPS", "two")],
)
def test_a_bad_value_is_refused_by_the_name_of_its_setting(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({"WAYMARK_INSTANCE_DIR": str(tmp_path), name: value})


def test_a_folder_that_cannot_be_made_is_told_with_a_way_out() -> None:
    with pytest.raises(SettingsError, match="set WAYMARK_SECRET_KEY"):
        read_settings({"WAYMARK_INSTANCE_DIR": "/proc/waymark/instance"})


def test_a_time_zone_is_taken_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    environment = {"WAYMARK_INSTANCE_DIR": str(tmp_path), "WAYMARK_SECRET_KEY": "given"}
    at_home = {**environment, "WAYMARK_TIME_ZONE": "America/New_York"}

    assert read_settings(at_home).time_zone == "America/New_York"
    for wrong in ("New York", "../etc/passwd", "Mars/Olympus"):
        with pytest.raises(SettingsError, match="WAYMARK_TIME_ZONE"):
            read_settings({**environment, "WAYMARK_TIME_ZONE": wrong})
