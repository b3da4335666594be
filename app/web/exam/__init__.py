"""Answering questions: practice quizzes and mock exams, and what came of them."""

from app.web.exam import mock_routes, result_routes, routes, sitting_routes
from app.web.exam.door import bp

__all__ = ["bp", "mock_routes", "result_routes", "routes", "sitting_routes"]
