"""Who may meet which kind of data about Ana, as data: kinds down, people across.

SEES: it is on some page of theirs. MAY: nothing forbids it, and no page promises it. NEVER: it
stands in nothing that is ever sent to them. Whoever is not named meets nothing at all.
"""

from __future__ import annotations

SEES, MAY, NEVER = "sees", "may", "never"

EVERYBODY = (
    "ana",  # the person herself
    "cora",  # supervises her team
    "sam",  # supervises her team beside Cora
    "fay",  # supervised her team until yesterday, and supervises another one now
    "dov",  # supervises another team
    "luis",  # is in her team
    "ben",  # writes questions and cases
    "eli",  # administers the organisation
    "hal",  # administers and supervises in another organisation
    "nobody",  # is not signed in
)

MATRIX: dict[str, dict[str, str]] = {
    "answers in practice": {"ana": SEES},
    "time of day": {"ana": SEES},
    "private reflection": {"ana": SEES},
    "assigned case done": {"ana": MAY, "cora": SEES, "sam": SEES, "eli": MAY},
    "mock exam": {"ana": SEES},
    "observation": {"ana": SEES, "cora": SEES, "sam": SEES, "eli": SEES},
    "rating": {"ana": SEES, "cora": SEES, "sam": SEES, "eli": SEES},
    "sign-off": {"ana": SEES, "cora": SEES, "sam": SEES, "eli": SEES},
    "draft of an observation": {"cora": SEES},
    "supervisor's private note": {"cora": SEES},
    "hours": {"ana": SEES, "cora": MAY, "sam": MAY, "eli": MAY},
    "credential": {"ana": SEES, "cora": MAY, "sam": MAY, "eli": MAY},
    "training of an area": {"ana": SEES, "cora": SEES, "sam": SEES, "eli": MAY},
    "training of no area": {"ana": SEES},
    "wish to be forgotten": {"ana": SEES, "eli": SEES},
    "who opened": {"ana": SEES, "eli": SEES},
}


def verdict(kind: str, name: str) -> str:
    """What the matrix says of one kind and one person."""
    return MATRIX[kind].get(name, NEVER)
