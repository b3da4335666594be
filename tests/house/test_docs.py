"""Documents tell what is there: every setting, every command, and links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli.commands import commands
from tests.house.tree import ROOT, files_like, lines_of, name_of

SETTINGS = ROOT / "docs" / "operators" / "settings.md"
COMMANDS = ROOT / "docs" / "operators" / "commands.md"
GLOSSARY = ROOT / "docs" / "contributors" / "glossary.md"
DOCUMENTS = sorted(
    files_like("*.md", "docs/**/*.md", ".github/*.md", "content/*.md", "scenarios/*.md")
)
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def test_every_setting_is_documented() -> None:
    known = set(re.findall(r"WAYMARK_[A-Z_]+", (ROOT / "app" / "config.py").read_text("utf-8")))
    told = set(re.findall(r"WAYMARK_[A-Z_]+", SETTINGS.read_text("utf-8")))

    assert known == told


def test_every_command_has_its_section() -> None:
    sections = {
        match[1]
        for line in lines_of(COMMANDS)
        if (match := re.match(r"## waymark ([a-z]+(?: [a-z]+)?)", line))
    }

    assert sections == {" ".join(path) for path, _ in _commands()}


def test_every_option_of_a_command_is_documented() -> None:
    untold = [
        f"waymark {' '.join(path)} {option}"
        for path, command in _commands()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--") and f"`{option}" not in _section(" ".join(path))
    ]

    assert not untold, untold


def test_readme_stays_short() -> None:
    assert 20 < len(lines_of(ROOT / "README.md")) <= 150


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "## Unreleased" in lines_of(ROOT / "CHANGELOG.md")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    text = CODE.sub("", path.read_text(encoding="utf-8"))

    assert [target for target in LINK.findall(text) if not _leads_somewhere(path, target)] == []


def test_the_glossary_names_files_that_exist() -> None:
    named = re.findall(
        r"`((?:domain|storage|services|library|web)/[\w/]+\.py)`", GLOSSARY.read_text("utf-8")
    )

    assert named
    assert [name for name in named if not (ROOT / "app" / name).exists()] == []


def test_documents_named_in_code_exist() -> None:
    gone = [
        f"{name_of(path)}: {named}"
        for path in files_like("app/**/*.py", "app/**/*.html", "bench/*.py", "Makefile")
        for named in re.findall(r"\bdocs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
        if not (ROOT / named).exists()
    ]

    assert not gone, gone


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    assert [p.name for p in files_like("docs/decisions/*.md") if p.name not in index] == []


def _commands(
    group: click.Group = commands, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, (*above, name))
        else:
            yield (*above, name), command


def _section(name: str) -> str:
    """The section of a command, from its heading to the next."""
    sections = re.split(r"^## waymark ", COMMANDS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next((s for s in sections if re.match(rf"{re.escape(name)}\b", s)), "")


def _leads_somewhere(document: Path, target: str) -> bool:
    if target.startswith(("https://", "http://", "mailto:")):
        return True  # other people's sites are not asked in a test
    file, _, heading = target.partition("#")
    aim = (document.parent / file).resolve() if file else document
    if not aim.exists():
        return False
    return not heading or heading in {_slug(line) for line in lines_of(aim) if line[:1] == "#"}


def _slug(heading: str) -> str:
    """A heading's anchor, as forges make it."""
    words = heading.lstrip("#").strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
