"""Answering questions: practice quizzes and their reports."""

from app.web.exam import routes
from app.web.exam.door import bp

__all__ = ["bp", "routes"]
