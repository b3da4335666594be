"""Writes an audit packet: data for machines, tables, pages to print, and what proves them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.audit_packet import canonical_json, checksum
from app.domain.csv_text import csv_text
from app.domain.packet_rows import PacketData, as_data, as_lines
from app.services.archive import SUMS, Archive

DATA = "packet.json"
READ_ME = f"""Audit packet

packet.pdf    to read and print
{DATA}   everything, for machines
tables/       the same as tables; every one can be opened in a spreadsheet
{SUMS}    a checksum (SHA-256) of every file

To check that nothing was changed, open a terminal in this folder and type

    sha256sum --check {SUMS}          (Linux)
    shasum -a 256 --check {SUMS}      (macOS)
    Get-FileHash {DATA}                  (Windows PowerShell)

The checksum of {DATA} also stands on the first page of packet.pdf and in Waymark, beside the
packet, for as long as it is kept there. Moments are UTC; days are those of the time zone that
packet.pdf and {DATA} name. A cell of a table that a spreadsheet could take for a formula has
an apostrophe in front.
"""


class Written(NamedTuple):
    """A finished packet with the checksums of its data and of the whole archive."""

    archive: bytes
    data_sha256: str
    archive_sha256: str


def write_packet(packet: PacketData) -> Iterator[Written | None]:
    """Writes a packet piece by piece, so that others get their turn in between.

    Shape: None after each person and each page, then the packet.
    """
    # Only here, because what writes pages takes a third of a second to load and most never need it.
    from app.services.packet_pages import PacketPages

    tables, archive = packet.tables(), Archive()
    archive.add("READ-ME.txt", READ_ME.encode())
    data_sha256 = archive.add(DATA, canonical_json(as_data(packet, tables)))
    yield None
    for name, rows in tables.items():
        text = csv_text(as_lines(name, rows))
        archive.add(f"tables/{name}.csv", text.encode("utf-8-sig"))
        yield None
    pages = PacketPages(packet, tables["assessors"], data_sha256=data_sha256)
    for person in packet.people:
        pages.add(person)
        yield None
    for file in pages.done():
        if file is not None:
            archive.add("packet.pdf", file)
        yield None
    whole = archive.done()
    yield Written(whole, data_sha256, checksum(whole))
