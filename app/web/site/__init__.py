"""Pages for anyone: welcome, about the content, health, files."""

from app.web.site import routes
from app.web.site.door import bp

__all__ = ["bp", "routes"]
