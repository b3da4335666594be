"""Content health and previews for trainers."""

from app.web.studio import routes
from app.web.studio.door import bp

__all__ = ["bp", "routes"]
