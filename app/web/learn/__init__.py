"""Reading: today, lessons, search, glossary, progress."""

from app.web.learn import routes
from app.web.learn.door import bp

__all__ = ["bp", "routes"]
