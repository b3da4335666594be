"""Tells at the end of a run what the long proofs counted."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in [r for reports in terminalreporter.stats.values() for r in reports]:
        if getattr(report, "when", "") == "call":
            for name, line in report.user_properties:
                if name == "faults":
                    terminalreporter.write_line(line)
