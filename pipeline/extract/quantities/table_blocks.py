"""Tables in the text: runs of lines with tabs, their head, and what each column holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re

LINE_RE = lazy_re(r"[^\n]+")
NUMERIC_RE = lazy_re(r"[［\[（(]?\s?(?:[≥≤＞＜><约近超]|大于|小于)?\s?-?\d[\d,，.]{0,15}.{0,8}")
YEARISH_RE = lazy_re(r"[（(“]?(?:到|至)?(?:19|20)\d{2}(?:\s?(?:-|—|–|~|至)\s?(?:19|20)?\d{2})?\s?年?.{0,12}")
HEAD_WORD_RE = lazy_re(
    r"指标|项目|名称|内容|单位|目标|年份|时限|姓名|电话|地点|责任|投资|建设|属性|类别|类型|任务|序号|编号|数量|规模|面积|人数|投资|金额|合计|现状|备注|完成|计划|乡镇|学校|[（(](?:万元|元|%|所|人|个|亩|公里|平方米)[）)]"
)
SERIAL_RE = lazy_re(r"序\s?号|编\s?号|No\.?|排\s?[名序]|名次|项目代码|代码|页码")
UNIT_HEAD_RE = lazy_re(r"(?:计量|数量)?单\s?位(?:名称)?")
ASIDE_RE = lazy_re(
    r"属\s?性|性\s?质|类\s?[型别]|备\s?注|说\s?明|责任|牵头|配合|主体|部门|单位|依据|来源|时限|期限|时\s?间|日\s?期|进度|措施|要求|联系|负责|地\s?[点址]|方式|程序"
)
NEVER_RE = lazy_re(
    r"电话|手机|传真|邮编|邮箱|编码|代码|证号|账号|帐号|学号|考号|号码|文号|批次|页|得分|分值|评分|扣分|分数|权重|成绩|总分|排名|名次|年龄|经度|纬度|坐标|房号|班级|节次|周次|课时|星期|日期|出生|时间|时限"
)
VALUE_HEAD_RE = lazy_re(
    r"目标|规划|计划|预期|预计|完成|实际|现状|基期|基数|基准|达到|指标值|数\s?值|数\s?量|增速|增长|增幅|合\s?计|总\s?计|小\s?计|十[二三四五]五|绝\s?对\s?[数值量]|总\s?量|[比较]上年|同比"
)
MEASURE_RE = lazy_re(
    r"(?:率|比|比重|占比|额|值|量|数|面积|里程|长度|投资|资金|收入|支出|产值|人口|规模|学位|床位|户|人|所|套|项目|教师|学生|标准)$"
)
PLACE_RE = lazy_re(r"[\u4e00-\u9fff]{1,8}(?:省|市|县|区|旗|州|盟|镇|乡|街道|村|社区|开发区|园区)")
BRACKET_RE = lazy_re(r"[（(]\s?(?:单位\s?[：:])?\s?(?P<inside>[^（）()]{1,12})\s?[）)]")
_LONGEST_CAPTION = 80
_LONGEST_PART = 30
_MAX_HEAD_ROWS = 4
_MAX_ROWS = 2000
_MAX_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A run of lines with tabs: the words above each column, the rows below, and the lines before it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str

    def column(self, number: int) -> list[str]:
        """Return the texts of one column, rows too short for it left out."""
        return [row[number].text for row in self.rows if number < len(row)]


def find_tables(text: str) -> Iterator[Table]:
    """Yield the tables of a text that have a head, in text order."""
    if "\t" not in text:
        return
    block: list[tuple[Cell, ...]] = []
    before: list[str] = []
    across: list[
        str
    ] = []  # lines without a tab between rows: headings of a part, or captions of the next table
    for match in LINE_RE.finditer(text):
        line = match.group()
        if "\t" not in line:
            across.append(line[-_LONGEST_CAPTION:] if len(line) <= 2 * _LONGEST_CAPTION else "")
            if block and (len(line) > _LONGEST_PART or line.endswith(("。", "；"))):
                yield from _table(block, before)
                block = []
            continue
        row = _cells(line, match.start())
        if block and (
            len(across) > 1 or len(block) >= _MAX_ROWS or (_is_new_head(row) and not _is_head(block[-1]))
        ):
            yield from _table(block, before)
            block = []
        if not block:
            before = across[-3:]
        across = []
        block.append(row)
    if block:
        yield from _table(block, before)


def _is_new_head(row: tuple[Cell, ...]) -> bool:
    """A second table may follow without a word between: a row in which most cells are words of a head."""
    filled = [cell.text for cell in row if cell.text]
    n_head_words = sum(len(text) <= 14 and HEAD_WORD_RE.search(text) is not None for text in filled)
    return len(filled) >= 2 and n_head_words * 2 >= len(filled) and _is_head(row) and n_head_words >= 2


def _cells(line: str, start: int) -> tuple[Cell, ...]:
    cells = []
    for piece in line.split("\t")[:_MAX_COLUMNS]:
        bare = piece.strip()
        at = start + piece.find(bare) if bare else start
        cells.append(Cell(bare, at, at + len(bare)))
        start += len(piece) + 1
    return tuple(cells)


def _is_head(row: tuple[Cell, ...]) -> bool:
    """A row of words: no plain number in it, a year at most, and no sentence."""
    filled = [cell.text for cell in row if cell.text]
    if any("。" in text or len(text) > 40 for text in filled):
        return False
    return bool(filled) and not any(NUMERIC_RE.fullmatch(t) and not YEARISH_RE.fullmatch(t) for t in filled)


def _table(block: list[tuple[Cell, ...]], before: list[str]) -> Iterator[Table]:
    n_head = 0
    while n_head < min(_MAX_HEAD_ROWS, len(block)) and _is_head(block[n_head]):
        n_head += 1
    if n_head == len(block) and n_head:
        return
    while n_head > 1 and not _heads_something(block[n_head - 1]):  # a first row of words below the head
        n_head -= 1
    if not any(_heads_something(row) for row in block[:n_head]):
        return
    width = max(len(row) for row in block)
    heads = [_padded(row, width) for row in block[:n_head]]
    joined = tuple("".join(dict.fromkeys(row[column] for row in heads)) for column in range(width))
    yield Table(joined, tuple(block[n_head:]), "\n".join(before))


def _heads_something(row: tuple[Cell, ...]) -> bool:
    return any(
        HEAD_WORD_RE.search(c.text) or YEARISH_RE.fullmatch(c.text) or VALUE_HEAD_RE.search(c.text)
        for c in row
    )


def _padded(row: tuple[Cell, ...], width: int) -> list[str]:
    """The words of a head in their columns; an empty first cell is lost with the margin of its line."""
    words = [cell.text for cell in row]
    if (
        len(words) == width - 1
        and words
        and (YEARISH_RE.fullmatch(words[0]) or VALUE_HEAD_RE.search(words[0]))
    ):
        return ["", *words]
    return words + [""] * (width - len(words))
