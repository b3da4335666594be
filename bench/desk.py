"""The desk with a case of 1,000 scenes: what each request costs, and what its page weighs.

Times are processor time of the whole request, the server's side only, the best of several but for
the first, in which nothing is known yet. The case is that of cases.py.

Run: python bench/desk.py [--scenes 1000] [--seed 1] [--runs 5]
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from gzip import compress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.cli.opening import ready_store
from app.config import read_settings
from app.factory import create_app
from app.services.account import add_organisation
from app.services.case_drafts import CaseSource, open_draft
from bench.cases import wide_case
from tests.builders import a_content_folder
from tests.cast import ORGANISATION, as_viewer, find_cast, make_cast
from tests.scenario_builders import sample_text
from tests.web.test_desk import SKILLS, form_of
from tests.web.visit import Visitor

MOST_SECONDS, MOST_KB = 1.0, 300
TYPED = {"HX-Request": "true", "Accept": "application/json"}


@dataclass(frozen=True)
class Cost:
    """One request. Units: seconds of processor time, bytes as sent and as packed."""

    what: str
    seconds: float
    size: int
    packed: int


def cost(what: str, ask: Callable[[], bytes], runs: int) -> Cost:
    """Makes one request several times and weighs its answer."""
    times, body = [], b""
    for _ in range(runs):
        started = time.process_time()
        body = ask()
        times.append(time.process_time() - started)
    return Cost(what, min(times), len(body), len(compress(body, 6)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    text = wide_case(told.seed, told.scenes)
    with tempfile.TemporaryDirectory() as folder:
        ben, desk = a_desk(Path(folder), text)
        print(f"{told.scenes:,} scenes, {len(text) // 1000} kB of text")
        costs = [*the_costs(ben, desk, told.scenes // 2, told.runs)]
    for one in costs:
        over = one.seconds > MOST_SECONDS or one.size > MOST_KB * 1000
        print(
            f"  {one.what:<34}{one.seconds:>7.2f} s {one.size / 1000:>9.1f} kB "
            f"{one.packed / 1000:>7.1f} kB packed{'  over' if over else ''}"
        )


def a_desk(folder: Path, text: str) -> tuple[Visitor, str]:
    """A trainer at the desk with a draft of the case."""
    skills = {"content/competencies/practice-skills.yaml": SKILLS.read_text("utf-8")}
    a_content_folder(folder, skills)
    settings = read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(folder / "instance"),
            "WAYMARK_CONTENT_DIR": str(folder / "content"),
            "WAYMARK_SCENARIOS_DIR": str(folder / "scenarios"),
            "WAYMARK_SECRET_KEY": "x" * 32,
        }
    )
    now = datetime.now(UTC)
    with ready_store(settings) as store:
        home = store.for_organisation(add_organisation(store, name=ORGANISATION, now=now))
        make_cast(home, now=now)
        cast = find_cast(home)
        source = CaseSource("made", {"case.md": text}, "")
        draft = open_draft(home, as_viewer(home, cast.ben), source, now=now)
        small = CaseSource("small", {"case.md": sample_text()}, "")
        other = open_draft(home, as_viewer(home, cast.ben), small, now=now)
    app = create_app(settings)
    app.testing = True
    ben = Visitor(app).sign_in(cast.ben)
    ben.client.get(f"/studio/drafts/{other.id}")  # templates are compiled once for a process
    return ben, f"/studio/drafts/{draft.id}"


def the_costs(ben: Visitor, desk: str, middle: int, runs: int) -> Iterator[Cost]:
    """What a trainer asks of the desk, in the order of an ordinary sitting."""
    scene = f"scene:s{middle}"
    place = f"{desk}?at={scene}"

    def page(url: str) -> Callable[[], bytes]:
        return lambda: ben.client.get(url).data

    yield cost("open the desk, nothing known yet", page(desk), 1)
    yield cost("open the desk again", page(desk), runs)
    yield cost("open a scene in the middle", page(place), runs)
    yield cost("its source", page(f"{place}&view=source"), runs)
    yield cost("the front matter", page(f"{desk}?at=front"), runs)
    yield cost("the map", page(f"{place}&view=map"), runs)
    yield cost("look for words", page(f"{place}&find=number+77"), runs)
    yield cost("unfold another chapter", page(f"{place}&part=3"), runs)
    form = form_of(ben.client.get(place).get_data(as_text=True))
    saving = _Saving(ben, f"{desk}/save?at={scene}&view=form", form)
    yield cost("save while typing", saving.send, runs)
    yield cost("try it from the start", page(f"{desk}/try"), runs)
    yield cost("read it as a second reader", page(f"{desk}/read?at={scene}"), runs)
    yield cost("publish, everything but the press", page(f"{desk}/publish"), 1)


class _Saving:
    """Saves as the page's script sends them, each with another title."""

    def __init__(self, ben: Visitor, url: str, form: dict[str, object]) -> None:
        self.ben, self.url = ben, url
        self.form = {**form, "typing": "yes", "csrf_token": ben.token()}
        self.takes = 0

    def send(self) -> bytes:
        self.takes += 1
        sent = {**self.form, "title": f"Scene, take {self.takes}"}
        body = self.ben.client.post(self.url, data=sent, headers=TYPED).data
        found = re.search(rb'"seen": ?"([^"]+)"', body)
        assert found is not None, body[:500]
        self.form["seen"] = found[1].decode()
        return body


if __name__ == "__main__":
    main()
