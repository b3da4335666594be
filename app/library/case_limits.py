"""How large a case may be: beyond these limits it is refused at once, with the limit named.

They are several times what an ordinary case needs. Without them a hostile or mangled file could
keep a server busy for minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.scenario_vocabulary import Place
from app.library.case_lines import MAIN_FILE, CaseLine, Faults

MOST_CHARACTERS = 1_048_576  # in all files of a case together
MOST_FILES = 500  # parts and walks together
MOST_LINES = 60_000
LONGEST_LINE = 10_000  # characters
MOST_SCENES = 2_000
MOST_CHOICES = 50  # in one scene
MOST_DECLARED = 200  # entries under one key of the front matter
MOST_PEOPLE = 50
WIDEST_RANGE = 500  # values of one number

_DECLARED = ("state", "consents", "facts", "rules", "random", "refs", "parts", "competencies")
_SPLIT = "Split the case into two."


def texts_fit(files: Mapping[str, str], faults: Faults) -> bool:
    """Says whether the texts of a case are small enough to be read; if not, it has been noted."""
    size = sum(map(len, files.values()))
    if size > MOST_CHARACTERS:
        told = f"The files of this case hold {size:,} characters; {MOST_CHARACTERS:,} are allowed."
        return _refuse(faults, told, Place(MAIN_FILE, 1, 1))
    if len(files) > MOST_FILES:
        told = f"This case has {len(files):,} files; {MOST_FILES} are allowed."
        return _refuse(faults, told, Place(MAIN_FILE, 1, 1), "Delete walks that show nothing new.")
    lines = sum(text.count("\n") for text in files.values())
    if lines > MOST_LINES:
        told = f"The files of this case have {lines:,} lines; {MOST_LINES:,} are allowed."
        return _refuse(faults, told, Place(MAIN_FILE, 1, 1))
    return all([_lines_fit(name, text, faults) for name, text in files.items()])


def _lines_fit(name: str, text: str, faults: Faults) -> bool:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            told = f"This line has {len(line):,} characters; {LONGEST_LINE:,} are allowed."
            place = Place(name, number, number)
            return _refuse(faults, told, place, "Break it into paragraphs.")
    return True


def declared_fit(plain: Mapping[str, Any], faults: Faults, places: Mapping[str, int]) -> bool:
    """Says whether the front matter declares few enough things; if not, it has been noted.

    Shape: `places` tells the line of each key.
    """
    fits = True
    for key in ("cast", *_DECLARED):
        most = MOST_PEOPLE if key == "cast" else MOST_DECLARED
        entries = plain.get(key)
        if isinstance(entries, list | dict) and len(entries) > most:
            told = f"“{key}” has {len(entries):,} entries; {most} are allowed."
            line = places.get(key, 1)
            fits = _refuse(faults, told, Place(MAIN_FILE, line, line), "Keep what the case needs.")
    return fits


def range_fits(name: str, low: int, high: int, place: Place, faults: Faults) -> bool:
    """Says whether a number has few enough values; if not, it has been noted."""
    if high - low + 1 <= WIDEST_RANGE:
        return True
    told = f"“{name}” has {high - low + 1:,} values; {WIDEST_RANGE} are allowed."
    return _refuse(faults, told, place, "Count in larger steps: 0..10 tells most stories.")


def scenes_fit(groups: Sequence[Sequence[CaseLine]], faults: Faults) -> bool:
    """Says whether a case has few enough scenes; if not, it has been noted."""
    if len(groups) <= MOST_SCENES:
        return True
    line = groups[MOST_SCENES][0]
    told = f"This case has {len(groups):,} scenes; {MOST_SCENES:,} are allowed."
    return _refuse(faults, told, Place(line.file, line.number, line.number))


def choices_that_fit(groups: list[list[CaseLine]], faults: Faults) -> list[list[CaseLine]]:
    """Keeps as many choices of a scene as are allowed; a fault says that there were more."""
    if len(groups) > MOST_CHOICES:
        line = groups[MOST_CHOICES][0]
        told = f"This scene has {len(groups):,} choices; {MOST_CHOICES} are allowed."
        _refuse(faults, told, Place(line.file, line.number, line.number), "Split the scene.")
    return groups[:MOST_CHOICES]


def _refuse(faults: Faults, message: str, place: Place, advice: str = _SPLIT) -> bool:
    faults.add("SC116", message, place, advice)
    return False
