"""Files in one archive, with a checksum of each."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.domain.audit_packet import checksum, checksum_lines

FILE_TIME = (1980, 1, 1, 0, 0, 0)  # the same data make the same archive
SUMS = "SHA256SUMS"


class Archive:
    """An archive that fills up; a file that was added need not be kept any longer."""

    def __init__(self) -> None:
        self._whole = io.BytesIO()
        self._zip = ZipFile(self._whole, "w", ZIP_DEFLATED)
        self._sums: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Adds a file. Gives its checksum."""
        self._sums[name] = checksum(content)
        self._write(name, content)
        return self._sums[name]

    def done(self) -> bytes:
        """The archive, with a list of the checksums of its files."""
        self._write(SUMS, checksum_lines(self._sums).encode())
        self._zip.close()
        return self._whole.getvalue()

    def _write(self, name: str, content: bytes) -> None:
        info = ZipInfo(name, FILE_TIME)
        info.compress_type = ZIP_DEFLATED
        self._zip.writestr(info, content)


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of some files; the same files make the same archive."""
    archive = Archive()
    for name in sorted(files):
        archive.add(name, files[name])
    return archive.done()
