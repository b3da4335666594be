"""What every page must have, checked on every page that any web test opens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *(
            "track",
            "wbr",
            "path",
            "circle",
            "line",
            "rect",
            "polyline",
            "polygon",
            "use",
            "ellipse",
        ),
    }
)
LABELLED = frozenset({"input", "select", "textarea"})
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "image", "reset"})


@dataclass
class Form:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class PageReader(HTMLParser):
    """Reads a page into what the checks and the visitor need."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.headings: list[tuple[str, str]] = []
        self.ids: Counter[str] = Counter()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self._stack: list[str] = []
        self._labels: set[str] = set()
        self._fields: list[tuple[str, dict[str, str | None], bool]] = []
        self._texts: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids[given["id"] or ""] += 1
        self.faults += [f"inline handler {name}" for name in given if name.startswith("on")]
        if "style" in given:
            self.faults.append(f"inline style on {tag}")
        if tag in {"title", "h1", "h2", "h3"} and "svg" not in self._stack:
            self._texts = []
        self._read(tag, given)
        if tag not in VOID:
            self._stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._stack or self._stack[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._stack[-1:] or 'nothing'}")
        if tag in self._stack:
            while self._stack.pop() != tag:
                pass
        if self._texts is not None and tag in {"title", "h1", "h2", "h3"}:
            text = " ".join("".join(self._texts).split())
            if tag == "title":
                self.title = self.title or text
            else:
                self.headings.append((tag, text))
            self._texts = None

    def handle_data(self, data: str) -> None:
        if self._texts is not None:
            self._texts.append(data)

    def _read(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        elif tag == "form":
            self.forms.append(
                Form((given.get("method") or "get").lower(), given.get("action") or "")
            )
        elif tag == "label":
            self._labels.add(given.get("for") or "")
        elif tag == "script" and not given.get("nonce"):
            self.faults.append("a script without a nonce")
        elif tag == "img" and "alt" not in given:
            self.faults.append("a picture without alternative text")
        if tag in LABELLED:
            self._fields.append((tag, given, "label" in self._stack))
            if self.forms and given.get("name"):
                self.forms[-1].fields.setdefault(given["name"] or "", given.get("value") or "")

    def unlabelled(self) -> list[str]:
        return [
            f"{tag} {given.get('name')}"
            for tag, given, is_wrapped in self._fields
            if (given.get("type") or "text") not in NEEDS_NO_LABEL
            and not is_wrapped
            and given.get("id") not in self._labels
            and not given.get("aria-label")
            and not given.get("aria-labelledby")
        ]


def page_faults(html: str) -> list[str]:
    """Says everything that is wrong with a whole page."""
    page = PageReader(html)
    first = [text for tag, text in page.headings if tag == "h1"]
    faults = list(page.faults)
    if len(first) != 1:
        faults.append(f"{len(first)} main headings instead of one")
    if not page.title.endswith("· Waymark"):
        faults.append(f"the title is “{page.title}”")
    faults += [f"id {name} stands {count} times" for name, count in page.ids.items() if count > 1]
    faults += [f"no label: {name}" for name in page.unlabelled()]
    for form in page.forms:
        if form.method == "post" and "csrf_token" not in form.fields:
            faults.append(f"a form to {form.action or 'this page'} has no token")
    if '<html lang="en"' not in html:
        faults.append("no language")
    return faults
