"""Waymark. Only the version lives here, so that `import app.domain.x` stays light."""

__version__ = "0.1.0"
