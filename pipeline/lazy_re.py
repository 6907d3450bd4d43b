"""Regular expressions of modules, compiled when one is first asked rather than when its module is imported.

Compiling is half of what a fresh process takes to its first document, and a document asks less than half of the patterns: a repair's only where
there is damage, a slogan's only where there is a number before a noun.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
ATTRIBUTES = ("groups", "groupindex")

# Python's own compiler of patterns, which works a set of characters such as [\u4e00-\u9fff] out again for each pattern it stands in
_COMPILER: Any = getattr(re, "_compiler", None)
_WORK_OUT: Any = getattr(_COMPILER, "_optimize_charset", None)
_worked_out: dict[tuple[Any, ...], Any] = {}


def _kept(characters: list[Any], *args: Any) -> Any:
    """Return what Python's compiler makes of a set of characters, worked out once a process."""
    key = (*characters, *map(id, args))  # without regard to case: two functions and a table of Python's own
    made = _worked_out.get(key)
    if made is None:
        made = _worked_out[key] = _WORK_OUT(characters, *args)
    return made


def compiled_once(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return ``re.compile(pattern, flags)``, with the sets of characters that patterns before it have in common taken from them.

    A set takes Python 0.2 to 1 ms to work out and of those that a first document needs two of three come again. Where a Python's compiler has no such step
    the pattern is compiled as always.

    Raises:
        re.error: for a mistake in the pattern.

    >>> compiled_once("[一二三]个强化").findall("“三个强化”夯实责任")
    ['三个强化']
    """
    if _WORK_OUT is None:
        return re.compile(pattern, flags)
    _COMPILER._optimize_charset = _kept
    try:
        return re.compile(pattern, flags)
    finally:
        _COMPILER._optimize_charset = _WORK_OUT


class LazyPattern(Generic[AnyStr]):
    """A pattern that is compiled when it is first asked something; what it then answers with are the methods of the compiled one."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # asked only for names that are not in __dict__ yet, so once a pattern
        if name not in METHODS and name not in ATTRIBUTES:
            raise AttributeError(f"a pattern has no {name!r}")
        compiled = compiled_once(self.pattern, self.flags)
        self.__dict__.update({each: getattr(compiled, each) for each in (*METHODS, *ATTRIBUTES)})
        return self.__dict__[name]

    def __repr__(self) -> str:
        return f"lazy_re({self.pattern!r})"


def lazy_re(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that compiles itself when it is first used; it has the methods of ``re.compile(pattern, flags)``.

    It is no argument of functions of ``re`` (``re.sub(pattern, …)``), and a mistake in it is an ``re.error`` of its first use; a test compiles all.

    >>> number = lazy_re(r"〔(?P<year>\\d{4})〕")
    >>> number.search("国发〔2021〕5号")["year"]
    '2021'
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))
