"""What an address carries an id of, and who may reach it."""

from __future__ import annotations

from dataclasses import dataclass, field

NOBODYS = "01999999-9999-7999-8999-999999999999"


@dataclass
class Thing:
    """Shape: `own` fills the address for its owners, `missing` for something that is not there."""

    own: dict[str, object]
    missing: dict[str, object]
    owners: frozenset[str] = field(default_factory=frozenset)  # empty: everyone let in
