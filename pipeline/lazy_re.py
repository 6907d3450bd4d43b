"""Regular expressions of modules, compiled when one is first asked rather than when its module is imported.

Compiling is half of what a fresh process takes to its first document, and a document asks less than half of the patterns: a repair's only where
there is damage, a slogan's only where there is a number before a noun.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
ATTRIBUTES = ("groups", "groupindex")


class LazyPattern(Generic[AnyStr]):
    """A pattern that is compiled when it is first asked something; what it then answers with are the methods of the compiled one."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # asked only for names that are not in __dict__ yet, so once a pattern
        if name not in METHODS and name not in ATTRIBUTES:
            raise AttributeError(f"a pattern has no {name!r}")
        compiled = re.compile(self.pattern, self.flags)
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
