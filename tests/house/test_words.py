"""One word for one thing: identifiers avoid the words of the glossary's last column."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import files_like, name_of, parsed

# Word: what to say instead.
BANNED = {
    "article": "lesson",
    "badge": "evidence",
    "login": "sign_in",
    "logout": "sign_out",
    "paper": "exam form",
    "passage": "scene",
    "playthrough": "run",
    "repository": "store, or shelf",
    "session": "store, sign-in, attempt or run",
    "signin": "sign_in",
    "signup": "invitation",
    "skill": "competency",
    "story": "scenario",
    "student": "candidate, or learner",
    "submission": "attempt",
    "user": "person, or viewer",
}
# Word: where it is right, as the start of a path. SQLAlchemy and Flask have sessions of their own.
RIGHT_IN = {"session": ("app/storage/", "app/web/shared/")}
# Other people's terms, whole.
TERMS = frozenset({"user_message", "user_agent", "user_inputs", "_article_cue"})
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def test_identifiers_use_the_words_of_the_glossary() -> None:
    wrong = [
        f"{name_of(path)}:{line} {name}: say {BANNED[word]}, not {word}"
        for path in files_like("app/**/*.py")
        for line, name in _identifiers(parsed(path))
        if name not in TERMS
        for word in _words(name)
        if word in BANNED and not name_of(path).startswith(RIGHT_IN.get(word, ("-",)))
    ]

    assert not wrong, wrong


def test_files_use_the_words_of_the_glossary() -> None:
    wrong = [
        name_of(path)
        for path in files_like("app/**/*.py", "app/**/*.html", "app/**/*.mjs", "app/**/*.css")
        if BANNED.keys() & set(_words(path.stem))
    ]

    assert not wrong, wrong


def test_flask_blueprints_are_called_bp() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in files_like("app/web/**/*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assign) and _calls(node.value, "Blueprint")
        if [ast.unparse(target) for target in node.targets] != ["bp"]
    ]

    assert not wrong, f"blueprint means the exam's; call Flask's bp: {wrong}"


def _words(name: str) -> Iterator[str]:
    for word in WORD.findall(name):
        lowered = word.lower()
        yield lowered
        yield lowered.removesuffix("s")


def _identifiers(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The names that this file gives; names it only uses are someone else's choice."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr


def _calls(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name


def test_a_planted_word_is_found(tmp_path: Path) -> None:
    planted = ast.parse("def start(user_id, loginToken): pass")

    found = {word for _, name in _identifiers(planted) for word in _words(name)} & BANNED.keys()

    assert found == {"user", "login"}
