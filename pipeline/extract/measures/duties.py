"""Who is to do it and by when: 牵头单位：…；责任单位：…；完成时限：…, （县教育局牵头，县人社局配合）, tables of 责任分工."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from pipeline.extract.measures.deadlines import deadline_of
from pipeline.lazy_re import lazy_re
from pipeline.records import Reading

_LEADS = r"牵头|主责|主办|首要责任|第一责任"
LABEL_RE = lazy_re(
    rf"(?:(?P<lead>(?:{_LEADS})(?:（?责任）?)?(?:单位|部门|处室|科室|股室|机构))"
    r"|(?P<other>(?:责任|承办|协办|配合|协助|参与|参加|实施|落实|负责|责任落实)(?:单位|部门|处室|科室|股室|主体|机构))"
    r"|(?P<person>(?:责任|牵头|分管|包抓|联系|负责)(?:人|领导|同志|县领导))"
    r"|(?P<time>(?:完成|办结|整改|工作)?(?:时限|期限)(?:要求)?|完成时间|时间(?:节点|要求|安排|进度)))"
    r"[ 　]?[：:][ 　]?(?P<value>[^；。：\n（）【】\[\]]{0,160})"
)
DUTY_RE = lazy_re(
    r"[（【\[](?P<body>[^（）【】\[\]：\n]{2,160}?(?:牵头|负责|配合|参与|参加|落实|协助|组织实施))[。]?[）】\]]"
)  # （县教育局牵头，县人社局、县财政局配合）
# what every one of them ends in, sooner looked for
_LABEL_ENDS, _DUTY_ENDS = "位门室构体人导志任）限求间点排度", "头责合与加实助施"
LABEL_END_RE = lazy_re(rf"[：:](?:(?<=[{_LABEL_ENDS}].)|(?<=[{_LABEL_ENDS}][ 　].))")
DUTY_END_RE = lazy_re(rf"[）】\]](?:(?<=[{_DUTY_ENDS}].)|(?<=[{_DUTY_ENDS}]。.))")
_ROLE_RE = lazy_re(
    r"^(?:由)?(?P<names>.{2,120}?)(?:按(?:照)?(?:各自)?职(?:责|能)(?:分工|范围)?|分别|共同|具体|积极|等)*"
    r"(?P<role>牵头(?:负责|组织实施|落实)?|负责(?:组织实施|落实)?|分工负责|配合(?:落实)?|参与|参加|落实|协助|组织实施)$"
)
_HEADER_RE = lazy_re(
    r"^[^\n]*(?:责任|牵头|承办|主办)(?:单位|部门)[^\n]*\t[^\n]*$|^[^\n]*\t[^\n]*(?:责任|牵头|承办|主办)(?:单位|部门)[^\n]*$",
    re.MULTILINE,
)
_JOINT_RE = lazy_re(r"等?[、，,；;\s]|等和|以及|(?<=[局委办部会府院所社校])和(?=[县市区省各乡镇教])")
_TAIL_RE = lazy_re(
    r"(?:等(?:有关|相关)?(?:部门|单位)?|按(?:照)?(?:各自)?职(?:责|能).*|分别负责|负责|牵头|配合)$"
)
_NAME_RE = lazy_re(r"[\u4e00-\u9fffA-Za-z0-9（）·“”]{2,40}")
GAP = 12  # characters between two labels of one statement: marks, a line's end, a list's number
MOST_GOVERNED = 4000  # characters in front of a statement that it may govern


@dataclass(frozen=True, slots=True)
class Duty:
    """Lead, all responsible bodies in text order, and deadline of the clauses from `start` to `end`."""

    start: int
    end: int
    lead: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    deadline: str | None = None


@dataclass(slots=True)
class _Statement:
    start: int
    end: int
    lead: list[str]
    bodies: list[str]
    deadline: str | None = None


class Duties:
    """What a document says of responsibility, by the offsets it governs."""

    def __init__(self, reading: Reading, year: int | None) -> None:
        text = reading.text
        self.tables: list[tuple[int, int]] = []
        found: list[Duty] = []
        self.statements: list[tuple[int, int]] = []
        if "单位" in text or "部门" in text or "牵头" in text or "负责）" in text or "时限" in text:
            statements = _statements(text, year)
            self.statements = [(statement.start, statement.end) for statement in statements]
            found = _governed(reading, statements)
            if "\t" in text:
                rows, self.tables = _table_rows(text, year)
                found = sorted([*found, *rows], key=lambda duty: duty.start)
        self._duties = found
        self._starts = [duty.start for duty in found]

    def at(self, offset: int) -> Duty | None:
        """Return what governs a clause that begins at an offset, None when nobody is named."""
        index = bisect.bisect_right(self._starts, offset) - 1
        return self._duties[index] if index >= 0 and offset < self._duties[index].end else None

    def states(self, start: int, end: int) -> bool:
        """Return whether a span lies in a statement of responsibility itself: 牵头单位：县教育局."""
        index = bisect.bisect_right(self.statements, (start, end)) - 1
        return any(
            first <= start and end <= last for first, last in self.statements[max(0, index) : index + 2]
        )

    def in_table(self, offset: int) -> bool:
        """Return whether an offset stands in a table of duties, whose cells are clauses."""
        return any(start <= offset < end for start, end in self.tables)


def names_of(value: str) -> list[str]:
    """Return the bodies that a list names, in its order.

    >>> names_of("县教育局、县财政局，各乡镇人民政府等部门")
    ['县教育局', '县财政局', '各乡镇人民政府']
    """
    pieces = (
        _TAIL_RE.sub("", piece.strip(" 　。.").rpartition("由")[2])
        for piece in _JOINT_RE.split(value)
        if piece
    )
    return [piece for piece in pieces if _NAME_RE.fullmatch(piece) and not piece.isdigit()]


def _statements(text: str, year: int | None) -> list[_Statement]:
    found: list[_Statement] = []
    marks = [
        (match.start(), match)
        for end, pattern in ((LABEL_END_RE, LABEL_RE), (DUTY_END_RE, DUTY_RE))
        if end.search(text)
        for match in pattern.finditer(text)
    ]
    for start, match in sorted(marks, key=lambda mark: mark[0]):
        if found and start < found[-1].end:
            continue
        if found and start - found[-1].end <= GAP and match.re.pattern == LABEL_RE.pattern:
            statement = found[-1]
        else:
            statement = _Statement(start, match.end(), [], [])
            found.append(statement)
        statement.end = match.end()
        if match.re.pattern == DUTY_RE.pattern:
            _read_roles(match["body"], statement)
        elif match["time"]:
            statement.deadline = deadline_of(match["value"], year, whole=True)
        elif not match["person"]:
            names = names_of(match["value"])
            statement.bodies += names
            if match["lead"]:
                statement.lead += names
    return [statement for statement in found if statement.bodies or statement.deadline]


def _read_roles(body: str, statement: _Statement) -> None:
    """Read 县教育局牵头，县人社局、县财政局配合: names with their role, parted by commas."""
    pending = ""
    for part in re.split(r"[，；,;]", body):
        match = _ROLE_RE.match(pending + part)
        if match is None:
            pending += part + "、"
            continue
        pending = ""
        names = names_of(match["names"])
        statement.bodies += names
        if match["role"].startswith("牵头"):
            statement.lead += names


def _governed(reading: Reading, statements: list[_Statement]) -> list[Duty]:
    text = reading.text
    duties: list[Duty] = []
    passed = 0
    for n, statement in enumerate(statements):
        line_start = text.rfind("\n", 0, statement.start) + 1
        own_line = len(text[line_start : statement.start].strip(" 　（【[(0123456789.、①②③④⑤⑥⑦⑧⑨")) < 4
        begin, end = line_start, statement.start
        if own_line:
            section = reading.sentence_at(max(0, line_start - 1)).section
            begin = reading.sections[section].start if section is not None else 0
            heading_end = reading.sections[section].end if section is not None else 0
            if section is not None and not text[heading_end:line_start].strip(" 　。：\n"):
                begin = statement.end  # right below the heading: it governs what follows
                following = statements[n + 1].start if n + 1 < len(statements) else len(text)
                end = min(reading.sections[section].body_end, following)
        begin = max(begin, passed, end - MOST_GOVERNED)
        passed = max(statement.end, end)
        if begin < end:
            duties.append(
                Duty(
                    begin,
                    end,
                    tuple(dict.fromkeys(statement.lead)),
                    tuple(dict.fromkeys(statement.bodies)),
                    statement.deadline,
                )
            )
    return duties


def _table_rows(text: str, year: int | None) -> tuple[list[Duty], list[tuple[int, int]]]:
    """Return the duties of each row below a header such as 任务 | 牵头单位 | 责任单位 | 完成时限, and where such tables stand."""
    duties: list[Duty] = []
    tables: list[tuple[int, int]] = []
    for header in _HEADER_RE.finditer(text):
        if tables and header.start() < tables[-1][1]:
            continue
        roles = [_role_of(cell) for cell in header.group().split("\t")]
        at = header.end() + 1
        while at < len(text):
            stop = text.find("\n", at)
            stop = stop if stop >= 0 else len(text)
            cells = text[at:stop].split("\t")
            if len(cells) < 2:
                break
            duties.append(_row(cells, roles, at, stop, year))
            at = stop + 1
        tables.append((header.end(), at))
    return [duty for duty in duties if duty.bodies or duty.deadline], tables


def _role_of(cell: str) -> str | None:
    match = LABEL_RE.match(cell.strip() + "：")
    return (
        match.lastgroup and next((k for k in ("lead", "other", "time") if match[k]), None) if match else None
    )


def _row(cells: list[str], roles: list[str | None], start: int, end: int, year: int | None) -> Duty:
    # a row that a cell spanning rows shortens is read from its right end
    paired = list(zip(reversed(cells), reversed(roles), strict=False))[::-1]
    lead = [name for cell, role in paired if role == "lead" for name in names_of(cell)]
    bodies = [name for cell, role in paired if role in ("lead", "other") for name in names_of(cell)]
    times = [deadline_of(cell, year, whole=True) for cell, role in paired if role == "time"]
    return Duty(start, end, tuple(lead), tuple(dict.fromkeys(bodies)), next((t for t in times if t), None))
