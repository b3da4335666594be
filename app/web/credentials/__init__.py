"""One's own credentials, and the training for renewing them."""

from app.web.credentials import routes
from app.web.credentials.door import bp

__all__ = ["bp", "routes"]
