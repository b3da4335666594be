"""Follows every link a person can see, as far as it goes, and keeps what came back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from tests.pdf_words import pdf_pages
from tests.web.page_checks import PageReader
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

MOST_PAGES = 2_000


def crawl(visitor: Visitor, *starts: str, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Gives each address with everything that was sent for it: headers and body."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        url = waiting.pop(0)
        assert len(seen) < MOST_PAGES, "the crawl does not end"
        response = visitor.get(url, expect=None)
        assert response.status_code < 500, f"{url}: {response.status}"
        body = _text(response)
        yield url, f"{response.headers}\n{body}"
        links = [response.location] if response.location else []
        if response.mimetype == "text/html":
            links += PageReader(body).links
        for link in links:
            target = _own_path(url, link)
            if "/try?" in target and ("," in target or "%2C" in target):
                continue  # a trial play has no end of moves
            if target and target not in seen and not target.startswith(skip or ("\0",)):
                seen.add(target)
                waiting.append(target)


def _text(response: TestResponse) -> str:
    """What can be read of an answer: archives are opened, fonts and pictures left."""
    if response.mimetype == "application/zip":
        with ZipFile(BytesIO(response.get_data())) as archive:
            texts = [_words_of(name, archive.read(name)) for name in archive.namelist()]
        return "\n".join([*archive.namelist(), *texts])
    return "" if response.mimetype == "font/woff2" else response.get_data(as_text=True)


def _words_of(name: str, content: bytes) -> str:
    """The words of a file; printed pages are read as they are printed, lines taken together."""
    if name.endswith(".pdf"):
        return "\n".join(page.replace("\n", " ") for page in pdf_pages(content))
    return content.decode("utf-8", "replace")


def _own_path(base: str, link: str) -> str | None:
    parts = urlsplit(urljoin(f"http://localhost{base}", link))
    if parts.netloc != "localhost" or parts.scheme != "http":
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
