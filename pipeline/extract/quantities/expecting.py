"""What is expected of a year that is not over yet: 预计今年产值达到5亿元."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re

# outside a report, whose 预计 is of the year that has just ended
_EXPECTED_RE = lazy_re(
    r"预计(?!数)(?:□|今年|年底|年末|年内|全年|每?年|到|可|将|能|完成|实现|建成|达到?|新增|总?投资|增收|带动|带来|总?产|亩产|收入|产值)"
)


def expects(clause: str) -> bool:
    """Tell whether a clause gives what is expected of a year that is not over yet: 预计今年产值达到5亿元."""
    return _EXPECTED_RE.search(clause) is not None
