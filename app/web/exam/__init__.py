"""Answering questions: practice quizzes and mock exams, and what came of them."""

from app.web.exam import (
    bookmark_routes,
    item_report_routes,
    mock_routes,
    practice_routes,
    result_routes,
    routes,
    sitting_routes,
)
from app.web.exam.door import bp

__all__ = [
    "bookmark_routes",
    "bp",
    "item_report_routes",
    "mock_routes",
    "practice_routes",
    "result_routes",
    "routes",
    "sitting_routes",
]
