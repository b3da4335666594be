"""Reads the words of PDF files back, page by page."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader


def pdf_pages(content: bytes) -> list[str]:
    """The words of each page, one line for each line on paper."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def pdf_places(content: bytes) -> list[str]:
    """The names in the list of places."""
    return [
        str(one.title) for one in PdfReader(BytesIO(content)).outline if not isinstance(one, list)
    ]
