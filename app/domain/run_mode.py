"""How a case is played: to practice, or to be assessed."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from app.domain.scenario import Scenario
from app.domain.scenario_vocabulary import FeedbackTime, Show


class RunMode(StrEnum):
    """What a run is for; it changes what is told on the way, never what counts."""

    PRACTICE = "practice"
    ASSESSED = "assessed"


def in_mode(scenario: Scenario, mode: RunMode) -> Scenario:
    """A case as it is told in a mode: assessed, all feedback and values wait for the debrief."""
    if mode is RunMode.PRACTICE:
        return scenario
    return replace(
        scenario,
        feedback_time=FeedbackTime.DEBRIEF,
        state=tuple(
            replace(one, show=Show.DEBRIEF) if one.show is Show.LIVE else one
            for one in scenario.state
        ),
    )
