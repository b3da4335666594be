"""Playing cases and the debrief after them."""

from app.web.play import routes
from app.web.play.door import bp

__all__ = ["bp", "routes"]
