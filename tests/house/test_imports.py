"""The domain stays light, and imports inside functions stay few, with a reason each."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.house.tree import ROOT, files_like, name_of, parsed

HEAVY = ("flask", "werkzeug", "jinja2", "wtforms", "sqlalchemy", "alembic", "pydantic", "yaml")

# Where, and what is imported there. Each has a comment beside it that says why it must wait.
INSIDE_FUNCTIONS = {
    "app/cli/serve.py": {"granian"},  # no other command needs a server
    "app/cli/opening.py": {"app.storage.schema"},  # the migration tool, seldom needed
    "app/services/packet_files.py": {"app.services.packet_pages"},  # ReportLab, seldom needed
    "app/services/account.py": {"email_validator"},  # large tables, seldom needed
    "app/services/passwords.py": {"zxcvbn"},  # large word lists, seldom needed
}


def test_importing_the_domain_loads_no_framework() -> None:
    modules = [
        name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for path in files_like("app/domain/**/*.py")
    ]
    script = (
        f"import sys, {', '.join(modules)}\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"


def test_imports_inside_functions_are_listed_here() -> None:
    found: dict[str, set[str]] = {}
    for path in files_like("app/**/*.py"):
        inside = set(_imported_inside_functions(parsed(path)))
        if inside:
            found[name_of(path)] = inside

    assert found == INSIDE_FUNCTIONS


def _imported_inside_functions(tree: ast.Module) -> Iterator[str]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ""
                yield module if module.startswith("app") else module.split(".")[0]
