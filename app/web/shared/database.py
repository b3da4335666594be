"""Binds Flask-SQLAlchemy to our typed rows. It owns the engine and each request's session."""

from __future__ import annotations

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.storage.engine import engine_options, normal_url, prepare_engine
from app.storage.model_base import BoundBase

db = SQLAlchemy(
    model_class=BoundBase,
    # Objects stay readable after commit: touching one must not open another transaction.
    session_options={"expire_on_commit": False, "autoflush": False},
)


def bind_database(app: Flask, url: str) -> None:
    """Opens the database of this app with our settings on every connection."""
    app.config["SQLALCHEMY_DATABASE_URI"] = normal_url(url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
