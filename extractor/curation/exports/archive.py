"""Office files are zip archives that carry the time of their making: here it is taken out."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Final

MOMENT: Final = datetime(1980, 1, 1)
"""The first moment that a zip archive can name; the same table gives the same bytes on any day."""


def timeless(data: bytes) -> bytes:
    """The same archive, its members dated ``MOMENT``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()
