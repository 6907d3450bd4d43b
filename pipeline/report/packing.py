"""Data inside HTML: JSON, deflated, in base64, so that nothing a document says can end the script element.

The alphabet of base64 holds no <, & or quote; the page inflates it with the browser's own DecompressionStream.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from typing import Any

_RAW = -15  # deflate without zlib's header: what browsers call deflate-raw


def pack(data: Any) -> str:
    """Return data as base64 of deflated JSON.

    >>> unpack(pack({"title": "</script><!-- ]]>\\u2028"})) == {"title": "</script><!-- ]]>\\u2028"}
    True

    A number that JSON cannot hold (NaN, infinity) becomes null.
    """
    text = json.dumps(_finite(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    raw = deflate.compress(text.encode("utf-8", "replace")) + deflate.flush()
    return base64.b64encode(raw).decode("ascii")


def unpack(packed: str) -> Any:
    """Return what `pack` packed."""
    return json.loads(zlib.decompress(base64.b64decode(packed), _RAW))


def _finite(data: Any) -> Any:
    if isinstance(data, float) and not math.isfinite(data):
        return None
    if isinstance(data, dict):
        return {str(key): _finite(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_finite(value) for value in data]
    return data
