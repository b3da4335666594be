"""The floor: the least a Flask quiz can do. No sign-in, no templates of ours, one table.

It keeps every answer as durably as Waymark does, in the same journal mode.
"""

from __future__ import annotations

import os
import sqlite3
import threading

from flask import Flask, redirect, request
from jinja2 import Environment

from app.storage.engine import sqlite_journal_mode

PAGE = Environment(autoescape=True).from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>"
    "<form method=post>{% for o in 'abcd' %}<label><input type=radio name=chosen value={{ o }}>"
    "Option {{ o }}</label>{% endfor %}<button>Answer</button></form>"
)
_local = threading.local()


def connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        opened = sqlite3.connect(os.environ["FLOOR_DATABASE"], timeout=10, isolation_level=None)
        opened.execute(f"PRAGMA journal_mode={sqlite_journal_mode()}")
        opened.execute("PRAGMA synchronous=FULL")
        opened.execute("CREATE TABLE IF NOT EXISTS answers (at REAL, position INT, chosen TEXT)")
        _local.connection = opened
    return _local.connection


def keep(position: int, chosen: str) -> None:
    db = connection()
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO answers VALUES (julianday(), ?, ?)", (position, chosen))
    db.execute("COMMIT")


def create_app() -> Flask:
    app = Flask("floor")

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/lesson")
    @app.get("/practice")
    @app.get("/report")
    def page() -> str:
        connection().execute("SELECT count(*) FROM (SELECT 1 FROM answers LIMIT 5)").fetchone()
        return PAGE.render(title="Page")

    @app.post("/practice")
    @app.post("/finish")
    def step():
        keep(0, "start")
        return redirect("/quiz/1", 303)

    @app.route("/quiz/<int:position>", methods=["GET", "POST"])
    def quiz(position: int):
        if request.method == "POST":
            keep(position, request.form["chosen"])
            return redirect(f"/quiz/{position + 1}", 303)
        return PAGE.render(title=f"Question {position}")

    return app
