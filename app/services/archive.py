"""Files in one archive, with a checksum of each."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.domain.audit_packet import checksum_lines

FILE_TIME = (1980, 1, 1, 0, 0, 0)  # the same data make the same archive
SUMS = "SHA256SUMS"


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive with a list of checksums; the same files make the same archive."""
    sums = checksum_lines(files).encode()
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted({**files, SUMS: sums}.items()):
            info = ZipInfo(name, FILE_TIME)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return whole.getvalue()
