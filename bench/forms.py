"""Putting exam forms together: many full forms from a large bank, as seconds and a ratio.

The floor is the least a form can be: the right count of items of each domain, drawn at random.

Run: python bench/forms.py [--items 2000] [--forms 100]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.domain.exam_blueprint import ExamShape
from app.domain.exam_form import FormWish, assemble_form
from app.domain.item_enemies import find_enemies
from app.library.library import read_library
from app.library.places import find_places
from tests.exam_builders import a_mock_item

WORDS = tuple(
    [
        "consent",
        "letter",
        "nurse",
        "sleep",
        "court",
        "visit",
        "shelter",
        "group",
        "phone",
        "plan",
        "step",
        "ride",
    ]
)


def full_shape() -> ExamShape:
    library = read_library(find_places(None, None))
    return next(one for one in library.blueprints["aadc"].shapes if one.id == "full")


def a_bank(count: int, domains: list[str]) -> list:
    chance, bank = Random(1), []
    for number in range(count):
        stem = " ".join(chance.choices(WORDS, k=40)) + f" in case {number}?"
        trial = {"status": "pretest"} if number % 8 == 0 else {}
        domain, topic = domains[number % len(domains)], f"topic-{number % 40}"
        bank.append(a_mock_item(number, domain, stem=stem, topic=topic, **trial))
    return bank


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--forms", type=int, default=100)
    arguments = parser.parse_args()
    shape = full_shape()
    bank = a_bank(arguments.items, list(shape.domains))
    by_domain = {code: [item for item in bank if item.domain == code] for code in shape.domains}

    def bare() -> None:
        for seed in range(arguments.forms):
            chance = Random(seed)
            for code, wanted in shape.domains.items():
                chance.sample(by_domain[code], wanted)

    def forms() -> None:
        recent: list[frozenset[str]] = []
        for seed in range(arguments.forms):
            wish = FormWish(shape, recent=recent[:3])
            form = assemble_form(bank, wish, enemies=enemies, random=Random(seed))
            recent.insert(0, frozenset(slot.item_id for slot in form.slots))

    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    enemies = {}
    looking = timed(lambda: enemies.update(find_enemies(bank)))
    floor, took = timed(bare), timed(forms)
    print(f"{arguments.items} items; {len(enemies)} have enemies, found once in {looking:.2f} s")
    each = 1000 * took / arguments.forms
    print(f"{arguments.forms} full forms: {took:.2f} s (aim: 10), {each:.1f} ms each")
    print(f"drawn at random only: {floor:.2f} s; ratio {took / floor:.0f}")


if __name__ == "__main__":
    main()
