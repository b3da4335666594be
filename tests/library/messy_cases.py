"""Cases as people write them: set in and set apart in every way, with comments all over."""

from __future__ import annotations

import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_HEAD = """---
format: 1
id: messy
title: A messy case
language: en
start: s0   # the first
competencies: [FAM]
cast: {you: {name: You, role: counselor}, ann: {name: Ann, role: client}}
state:
  trust: {range: 0..3, start: 2}
rules:
  - {id: r0, when: trust <= 0 and visited(s1), go: end}
  - id: r1
    when: "trust >= 3 and (chose(c0-0) or visited( s2 ))"
    go: 'end'
"""
_PROSE = (
    "She waits.",
    "**Ann:** Nobody asked me.\nNot once.",
    "::: if visited(s1) and not chose(c1-0)\nA pause.\n::: else if visited( s2 )\nNone.\n:::",
    "<!-- a comment -->",
    "Words <!-- and a\ncomment over ## [x] two lines --> and more.",
    "- a list\n- of things",
)
_FENCES = (
    "```say\nask: What do you say?\n```",
    "```pick\nask: Which?\nchoose: 1\noptions: [{text: A, key: true}, {text: B}]\n"
    "# <!-- no comment of a case, but one of YAML -->\n```",
)
_LABELS = ("Ask her.", "Wait [a while]\n  and see.", "Say “no”, <!-- x --> then go.")


class MessyCase:
    """Writes one case from a seed. Shape: the texts of its folder by their names."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.scenes = [f"s{n}" for n in range(self.chance.randint(3, 6))]

    def build(self) -> dict[str, str]:
        chance = self.chance
        scenes = [self._scene(n) for n in range(len(self.scenes))]
        end = "## [end] The end\nending: good" + chance.choice(["", "\n\nOver."])
        cut = chance.randint(1, len(scenes))
        parts = "parts: [case.md, more/part-2.md]\n" if cut < len(scenes) else ""
        sections = [
            f"{_HEAD}{parts}---",
            "# Brief\n\nRead this. <!-- and\nnot this -->",
            "# Scenes",
            *scenes[:cut],
            end,
        ]
        if chance.random() < 0.7:
            sections.append("# Debrief\n\n## What came\n\n::: if visited(s1)\nWell?\n:::")
        if chance.random() < 0.5:
            sections.append("# Trainer notes\n\nvisited(s1) is a word here.")
        files = {"case.md": self._joined(sections)}
        if parts:
            files["more/part-2.md"] = self._joined(["<!-- part two -->", *scenes[cut:]])
        files["walks/a.walk"] = '# a walk\nseed 3\npick c0-0\nsee s1 "words"\nexpect ending end\n'
        return files

    def _joined(self, parts: list[str]) -> str:
        chance = self.chance
        text = parts[0]
        for part in parts[1:]:
            text += chance.choice(["\n\n", "\n\n", "\n\n\n", "\n  \n"]) + part
        text += chance.choice(["", "\n", "\n\n", "  \n"])
        if chance.random() < 0.25:
            text = text.replace("\n", "\r\n")
        elif chance.random() < 0.25:
            lines = text.split("\n")
            text = "".join(line + chance.choice(["\n", "\r\n"]) for line in lines[:-1]) + lines[-1]
        return text

    def _scene(self, number: int) -> str:
        chance = self.chance
        lines = [f"##{chance.choice([' ', '  '])}[s{number}] Scene {number}{self._tail()}"]
        indent = chance.choice(["", "", "  "])
        if chance.random() < 0.5:
            lines.append(
                f"{indent}assumes: trust >= 1 and\n{indent}  not visited(s2){self._tail()}"
            )
        if chance.random() < 0.3:
            lines.append(f"{indent}time:   5{self._tail()}")
        head = "\n".join(lines)
        parts = [chance.choice(_PROSE) for _ in range(chance.randint(0, 3))]
        if chance.random() < 0.3:
            parts.insert(chance.randint(0, len(parts)), chance.choice(_FENCES))
        ways = (
            self._choices(number)
            if chance.random() < 0.75
            else [f"-> {self._goal()}{self._tail()}"]
        )
        if ways and chance.random() < 0.15:
            ways.append(f"-> {self._goal()}")
        return "\n\n".join([head, *parts, chance.choice(["\n", "\n\n"]).join(ways)])

    def _choices(self, scene: int) -> list[str]:
        return [self._choice(f"c{scene}-{n}") for n in range(self.chance.randint(1, 4))]

    def _choice(self, name: str) -> str:
        chance = self.chance
        mark = f" {{#{name}}}" if chance.random() < 0.85 or name.endswith("-0") else ""
        label = chance.choice(
            ["Ask her.", "Wait [a while]\n  and see.", "Say “no”, <!-- x --> then go."]
        )
        lines = [f"- [{label}] -> {self._goal()}{mark}{self._tail()}"]
        indent = " " * chance.choice([1, 2, 2, 2, 4])
        keys = [
            "rate: 2",
            "feedback: Some words\n" + indent + "  that go on.\n\n" + indent + "   A new part.",
            f"if: visited({chance.choice(self.scenes)}) or\n{indent}   not chose(c0-0)",
            "set: trust +1",
            "why:\n" + indent + "  Below its key.",
            "once: true",
        ]
        chance.shuffle(keys)
        lines += [f"{indent}{key}{self._tail()}" for key in keys[: chance.randint(0, 4)]]
        if chance.random() < 0.2:
            lines.append("<!-- below a choice -->")
        return "\n".join(lines)

    def _goal(self) -> str:
        return self.chance.choice([*self.scenes, "end"])

    def _tail(self) -> str:
        return self.chance.choice(["", "", "", "", "  ", " <!-- odd -->"])


def shipped_cases() -> dict[str, dict[str, str]]:
    """The texts of every shipped case, and of the sample, by the name of their folders."""
    folders = [*sorted((ROOT / "scenarios").iterdir()), ROOT / "tests/library/cases/lena-and-ruth"]
    return {
        folder.name: {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*"))
            if path.suffix in {".md", ".walk"}
        }
        for folder in folders
        if folder.is_dir()
    }
