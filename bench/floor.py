"""The floor: the least a Flask quiz can do, by the book of small Flask tutorials.

A signed cookie, one query for the person, one for the question, one template, one table for the
answers; kept as durably as Waymark does, in the same journal mode. No roles, no forms library,
no checks, no feedback.
"""

from __future__ import annotations

import os
import threading

from flask import Flask, redirect, render_template, request, session
from jinja2 import DictLoader

from app.storage.engine import sqlite_journal_mode
from app.storage.sqlite_driver import sqlite3

PAGE = """<!doctype html><html lang=en><title>{{ title }}</title><h1>{{ title }}</h1>
<p>Signed in as {{ person }}</p><p>{{ stem }}</p>
<form method=post>{% for o in options %}<label><input type=radio name=chosen value={{ o }}>
Option {{ o }} of this question, with a few words to read</label>{% endfor %}
<button>Answer</button></form>"""
SCHEMA = """
CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE IF NOT EXISTS questions (id INTEGER PRIMARY KEY, stem TEXT, options TEXT);
CREATE TABLE IF NOT EXISTS answers (at REAL, person INT, question INT, chosen TEXT);
INSERT OR IGNORE INTO people VALUES (1, 'A Learner');
INSERT OR IGNORE INTO questions VALUES (1, 'Which response is best, and why is it so?', 'a b c d');
"""
_local = threading.local()


def connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        opened = sqlite3.connect(os.environ["FLOOR_DATABASE"], timeout=10, isolation_level=None)
        opened.execute(f"PRAGMA journal_mode={sqlite_journal_mode()}")
        opened.execute("PRAGMA synchronous=FULL")
        opened.executescript(SCHEMA)
        _local.connection = opened
    return _local.connection


def person() -> str:
    query = "SELECT name FROM people WHERE id = ?"
    return connection().execute(query, (session.setdefault("person", 1),)).fetchone()[0]


def page(title: str) -> str:
    query = "SELECT stem, options FROM questions WHERE id = 1"
    stem, options = connection().execute(query).fetchone()
    return render_template(
        "page.html", title=title, person=person(), stem=stem, options=options.split()
    )


def keep(question: int, chosen: str) -> None:
    db = connection()
    person()
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO answers VALUES (julianday(), 1, ?, ?)", (question, chosen))
    db.execute("COMMIT")


def create_app() -> Flask:
    app = Flask("floor")
    app.secret_key = "the floor has no secrets"
    app.jinja_loader = DictLoader({"page.html": PAGE})

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/lesson")
    @app.get("/practice")
    @app.get("/report")
    def reading() -> str:
        return page("Page")

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
        return page(f"Question {position}")

    return app
