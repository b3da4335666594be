"""What a case earns those who do not think: the certificate that it measures something else.

Source: docs/decisions/0010-branching-cases.md (resistance to habits is shown, not claimed).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from app.domain.naive_policies import GuessingFloor, PolicyResult, guessing_floor, naive_results
from app.domain.scenario import Scenario
from app.domain.scenario_check_texts import expert_decisions, expert_is_longest

MOST_LONGEST = 0.45  # of decisions in which the expert choice may be the longest
PASSES_WITH = 0.5  # of a habit's plays; a habit that does well half of the time passes


@dataclass(frozen=True, slots=True)
class Certificate:
    """How a case fares against habits, length and chance.

    Units: `longest` counts decisions in which the expert choice is the longest.
    """

    habits: tuple[PolicyResult, ...]
    decisions: int
    longest: int
    floor: GuessingFloor

    @property
    def passing(self) -> tuple[str, ...]:
        """The habits that pass the case."""
        return tuple(one.policy for one in self.habits if one.passing_share >= PASSES_WITH)

    @property
    def longest_share(self) -> float:
        """In which proportion 0–1 of decisions the expert choice is the longest."""
        return self.longest / self.decisions if self.decisions else 0.0

    @property
    def holds(self) -> bool:
        """Says whether no habit passes and length gives little away."""
        return not self.passing and self.longest_share <= MOST_LONGEST

    def as_json(self) -> dict[str, Any]:
        """The certificate as plain JSON with stable keys."""
        return {
            "holds": self.holds,
            "habits": [asdict(one) for one in self.habits],
            "passing_habits": list(self.passing),
            "expert_is_longest": {
                "decisions": self.longest,
                "of": self.decisions,
                "share": self.longest_share,
                "at_most": MOST_LONGEST,
            },
            "guessing_floor": asdict(self.floor),
        }


def certify(scenario: Scenario, *, best_total: int) -> Certificate:
    """Plays a case with every habit and by chance. Cost: half a second for an ordinary case."""
    decisions = expert_decisions(scenario)
    return Certificate(
        habits=naive_results(scenario, best_total=best_total),
        decisions=len(decisions),
        longest=sum(map(expert_is_longest, decisions)),
        floor=guessing_floor(scenario, best_total=best_total),
    )
