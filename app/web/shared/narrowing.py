"""Lists narrowed by their address, so that a filtered list can be kept and sent on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.web.shared.part_data import Narrowing


def narrowing(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    asked: Mapping[str, str],
    everything: str = "All",
) -> Narrowing:
    """Makes one list to narrow by. What the address asks for and there is not means all."""
    known = (("", everything), *options)
    chosen = asked.get(name, "")
    return Narrowing(name, label, known, chosen if chosen in {value for value, _ in known} else "")
