"""What stands under names within one pair of braces of a script: {"title": "…", "pubDate": "…", "content": "<p>…"}.

Nothing is run: names, strings, numbers and braces are read as they stand, in one pass. The braces may be an object's or a
function's, and what no braces hold is one group as well: var title = "…"; var content = "…".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.script_strings import decoded, string_at

TOKEN_RE = lazy_re(
    r"(?P<quote>[\"'`])|(?P<word>[A-Za-z_$@][\w$]{0,80})|(?P<number>\d[\d.]{0,20})"
    r"|(?P<comment>//[^\n]{0,2000}|/\*)|(?P<mark>[={}(),:;])"
)
PARAMETERS_RE = lazy_re(r"function\s{0,3}\((?P<names>[\w$,\s]{1,20000})\)\s{0,3}\{")
# [["Reactive",1],{"data":2}, …]: one list of values, in which objects name the places of theirs
_PAIR = r'\s{0,9}"[^"]{0,80}"\s{0,9}:\s{0,9}-?\d{1,7}\s{0,9}'
INDEXED_RE = lazy_re(
    rf"\s{{0,40}}\[\s{{0,9}}[\[{{][^{{}}\[\]]{{0,400}}[\]}}]\s{{0,9}},\s{{0,9}}\{{{_PAIR}(?:,{_PAIR}){{0,80}}\}}"
)
SEPARATOR_RE = lazy_re(r"[_-]")
_MAX_TOKENS = 200_000
_MAX_GROUPS = 5_000
_MAX_VALUE = 600  # characters of a value that are kept
_MAX_NAME = 80
_MAX_NESTED = 200
_HEAD = 40_000  # characters in which a function that is called where it stands names its parameters


@dataclass(slots=True, eq=False)
class Group:
    """What stands under names within one pair of braces, and the group around it."""

    name: str = ""
    around: Group | None = None
    values: dict[str, str] = field(default_factory=dict)  # strings and numbers, their beginnings
    words: dict[str, str] = field(default_factory=dict)  # names of variables


def plain_name(name: str) -> str:
    """Return a name as names are compared.

    >>> plain_name("pub_Date")
    'pubdate'
    """
    return SEPARATOR_RE.sub("", name[:_MAX_NAME]).lower()


def groups_of(code: str) -> list[Group]:
    """Return the groups of a script in the order in which they end.

    >>> [group.values for group in groups_of('var a = {"title": "春季防火", "from": {"name": "青山县"}}; ct = "1665219900"')][1:]
    [{'title': '春季防火', 'from': '青山县'}, {'ct': '1665219900'}]
    >>> groups_of('[["Reactive",1],{"title":2,"ct":3},"春季防火",1665219900]')[0].values
    {'title': '春季防火', 'ct': '1665219900'}
    >>> groups_of('x=(function(a,b){return {title:"春季防火",source:b}}(0,"青山县"))')[0].values
    {'title': '春季防火', 'source': '青山县'}
    """
    if INDEXED_RE.match(code):
        return _indexed(code)
    scan = _Scan(code)
    scan.read()
    head = PARAMETERS_RE.search(code[:_HEAD])
    called = code.rfind("}(") if head is not None else -1
    if head is not None and called > 0:  # (function(a,b){…}("…",0)): what its variables stand for
        names = [name.strip() for name in head["names"].split(",")]
        given = dict(zip(names, _arguments(code[called + 2 :]), strict=False))
        for group in scan.ended:
            for name, word in group.words.items():
                if given.get(word):
                    group.values.setdefault(name, given[word])
    return scan.ended


def _indexed(code: str) -> list[Group]:
    try:
        values = json.loads(code)
    except (ValueError, RecursionError):
        return []
    groups: list[Group] = []
    for one in values[:_MAX_TOKENS] if isinstance(values, list) else ():
        if isinstance(one, dict) and len(groups) < _MAX_GROUPS:
            group = Group()
            for name, place in one.items():
                value = values[place] if type(place) is int and 0 <= place < len(values) else None
                if isinstance(value, str | int):
                    group.values[plain_name(name)] = str(value)[:_MAX_VALUE]
            groups.append(group)
    return groups


class _Scan:
    """One pass over a script: the braces that are open, the name that waits for its value, the last word."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._open = [Group()]
        self._name = ""
        self._word = ""
        self.ended: list[Group] = []

    def read(self) -> None:
        at = 0
        for _ in range(_MAX_TOKENS):
            token = TOKEN_RE.search(self._code, at)
            if token is None or len(self.ended) >= _MAX_GROUPS:
                break
            at = token.end()
            kind = token.lastgroup
            if kind == "quote":
                written, at = string_at(self._code, token[0], at)
                self._take_string(written)
            elif kind == "word":
                self._word = token[0]
            elif kind == "number":
                self._take_value(token[0])
            elif kind == "comment":
                at = self._code.find("*/", at) if token[0] == "/*" else at
                if at < 0:
                    break
            else:
                self._take_mark(token[0])
        self._keep_word()
        while self._open:
            self._end()

    def _take_string(self, written: str) -> None:
        if self._name:
            self._take_value(decoded(written[:_MAX_VALUE]))
        else:
            self._word = written[:_MAX_NAME]

    def _take_value(self, value: str) -> None:
        if self._name:
            self._open[-1].values.setdefault(self._name, value)
            self._word = ""

    def _take_mark(self, mark: str) -> None:
        if mark in ":=":
            self._name, self._word = plain_name(self._word), ""
        elif mark == "{":
            if len(self._open) < _MAX_NESTED:
                self._open.append(Group(self._name, self._open[-1]))
            self._name = self._word = ""
        elif mark in "},;":
            self._keep_word()
            if mark == "}" and len(self._open) > 1:
                self._end()

    def _keep_word(self) -> None:
        if self._name and self._word:
            self._open[-1].words.setdefault(self._name, self._word)
        self._name = self._word = ""

    def _end(self) -> None:
        group = self._open.pop()
        self.ended.append(group)
        if group.around is not None and group.name and "name" in group.values:
            group.around.values.setdefault(group.name, group.values["name"])  # "source": {"name": "…"}


def _arguments(code: str) -> list[str]:
    """The strings and numbers that a call is given, "" for anything else."""
    found, at, value = [], 0, ""
    for _ in range(_MAX_TOKENS):
        token = TOKEN_RE.search(code, at)
        if token is None or token[0] == ")":
            break
        at = token.end()
        if token.lastgroup == "quote":
            written, at = string_at(code, token[0], at)
            value = decoded(written[:_MAX_VALUE])
        elif token.lastgroup == "number":
            value = token[0]
        elif token[0] == ",":
            found.append(value)
            value = ""
    return [*found, value]
