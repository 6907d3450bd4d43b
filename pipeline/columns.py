"""The columns of every table, declared once: name, type, and the header a Chinese reader sees.

This is the product's contract: Parquet, DuckDB, CSV, Excel and pandas all follow it (docs/tables.md explains each).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Column(NamedTuple):
    """One column: `kind` is one of string, integer, number, boolean, strings, bytes."""

    name: str
    kind: str
    chinese: str


def declared(*columns: tuple[str, str, str]) -> tuple[Column, ...]:
    """Return columns from their names, kinds and Chinese headers.

    >>> declared(("county", "string", "县"))[0].chinese
    '县'
    """
    return tuple(Column(*one) for one in columns)


_DOC = ("doc_id", "string", "文档编号")
_SPAN = (("start", "integer", "起"), ("end", "integer", "止"))

TABLES: dict[str, tuple[Column, ...]] = {
    "documents": declared(
        _DOC,
        ("source", "string", "来源文件"),
        ("title", "string", "标题"),
        ("doc_type", "string", "文种"),
        ("issuer", "string", "发文机关"),
        ("doc_number", "string", "发文字号"),
        ("index_number", "string", "索引号"),
        ("publish_date", "string", "发布日期"),
        ("written_date", "string", "成文日期"),
        ("effective_date", "string", "施行日期"),
        ("expiry_date", "string", "有效期至"),
        ("meeting_date", "string", "会议日期"),
        ("outlet", "string", "刊发媒体"),
        ("url", "string", "网址"),
        ("province", "string", "省"),
        ("city", "string", "市"),
        ("county", "string", "县"),
        ("adcode", "string", "行政区划代码"),
        ("region_reason", "string", "属地依据"),
        ("script", "string", "字体"),
        ("encoding", "string", "编码"),
        ("damage", "strings", "损坏种类"),
        ("n_repairs", "integer", "修复处数"),
        ("n_chars", "integer", "字数"),
        ("status", "string", "状态"),
        ("duplicate_of", "string", "重复于"),
        ("error", "string", "错误"),
        ("attachment_of", "string", "所属主件编号"),
    ),
    "texts": declared(_DOC, ("text", "string", "正文")),
    "sections": declared(
        _DOC,
        ("section_id", "string", "标题编号"),
        ("parent_id", "string", "上级标题编号"),
        ("level", "integer", "层级"),
        ("marker", "string", "序号"),
        ("heading", "string", "标题文字"),
        *_SPAN,
    ),
    "parts": declared(
        _DOC,
        ("part_id", "string", "部分编号"),
        ("kind", "string", "部分种类"),
        ("title", "string", "标题"),
        ("text", "string", "原文"),
        *_SPAN,
    ),
    "slogans": declared(
        _DOC,
        ("slogan_id", "string", "口号编号"),
        ("label", "string", "数字口号"),
        ("kind", "string", "类型"),
        ("numeral", "integer", "数字"),
        ("items", "strings", "成员"),
        ("goal", "string", "目的"),
        *_SPAN,
        ("sentence", "string", "所在句"),
        ("section", "string", "所在标题"),
        ("n_expected", "integer", "应有成员数"),
        ("count_check", "string", "成员数核对"),
        ("items_linked", "strings", "他处所列成员"),
        ("defined_at", "string", "释义口号编号"),
    ),
    "quantities": declared(
        _DOC,
        ("quantity_id", "string", "数量编号"),
        ("text", "string", "原文"),
        ("indicator", "string", "指标"),
        ("indicator_id", "string", "指标代号"),
        ("comparator", "string", "比较符"),
        ("value", "number", "数值"),
        ("value_high", "number", "数值上限"),
        ("unit", "string", "单位"),
        ("norm_value", "number", "标准数值"),
        ("norm_value_high", "number", "标准数值上限"),
        ("norm_unit", "string", "标准单位"),
        ("change", "string", "增减"),
        ("status", "string", "性质"),
        ("when", "string", "时间"),
        ("per", "string", "计量周期或对象"),
        *_SPAN,
        ("sentence", "string", "所在句"),
        ("section", "string", "所在标题"),
    ),
    "measures": declared(
        _DOC,
        ("measure_id", "string", "举措编号"),
        ("text", "string", "原文"),
        ("verb", "string", "动词"),
        ("object", "string", "对象"),
        ("actor", "string", "主体"),
        ("instrument", "string", "政策工具"),
        ("instrument_sub", "string", "工具子类"),
        ("modality", "string", "约束力"),
        ("lead", "string", "牵头单位"),
        ("responsible", "string", "责任单位"),
        ("deadline", "string", "完成时限"),
        ("slogan_id", "string", "所属口号编号"),
        ("heading", "string", "所在标题"),
        *_SPAN,
        ("sentence", "string", "所在句"),
    ),
    "citations": declared(
        _DOC,
        ("citation_id", "string", "引用编号"),
        ("title", "string", "文件名"),
        ("number", "string", "文号"),
        ("role", "string", "关系"),
        *_SPAN,
    ),
    "repairs": declared(
        _DOC,
        ("kind", "string", "损坏种类"),
        ("before", "string", "修复前"),
        ("after", "string", "修复后"),
        ("confidence", "number", "置信度"),
        ("raw_start", "integer", "原文起"),
        ("raw_end", "integer", "原文止"),
        *_SPAN,
    ),
}

# written beside the tables while a run goes on, and gone when it is over: what duplicates are found by
FINGERPRINTS_TABLE = "fingerprints"
WORKING_TABLES: dict[str, tuple[Column, ...]] = {
    FINGERPRINTS_TABLE: declared(_DOC, ("digest", "bytes", "摘要"), ("signature", "bytes", "签名")),
}

WRITTEN = TABLES | WORKING_TABLES

EXTRACTED = ("slogans", "quantities", "measures", "citations")  # what is found in the words of a document
COUNTED = (*EXTRACTED, "sections", "repairs")  # tables whose rows are counted for a reader

# made from the tables above (overview.py): what a person opens first
EXTRACTIONS = declared(
    _DOC,
    ("title", "string", "标题"),
    ("county", "string", "县"),
    ("publish_date", "string", "发布日期"),
    ("kind", "string", "类别"),
    ("row_id", "string", "行编号"),
    ("text", "string", "内容"),
    ("value", "string", "取值"),
    ("heading", "string", "所在标题"),
    ("sentence", "string", "所在句"),
    *_SPAN,
)

ALL_TABLES = {"extractions": EXTRACTIONS, **TABLES}

# whose a row is: joined from `documents` to the rows that a person is shown, stored nowhere
_WHOSE = declared(
    ("county", "string", "县"),
    ("year", "integer", "年份"),
    ("publish_date", "string", "发布日期"),
    ("title", "string", "标题"),
)


def joined_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns that say whose a row of a table is; what the table itself calls so keeps its name.

    >>> [c.name for c in joined_columns(TABLES["citations"])]
    ['county', 'year', 'publish_date', 'document_title']

    None for `documents`, whose rows are the documents.
    """
    if columns == TABLES["documents"]:
        return ()
    own = set() if columns == EXTRACTIONS else {c.name for c in columns}  # extractions hold the document's
    return tuple(
        Column(f"document_{c.name}", c.kind, f"文档{c.chinese}") if c.name in own else c for c in _WHOSE
    )


def with_document(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of a table as a person is shown them: whose a row is stands behind `doc_id`."""
    joined = joined_columns(columns)
    names = {"doc_id", *(c.name for c in joined)}
    return (
        *(c for c in columns if c.name == "doc_id"),
        *joined,
        *(c for c in columns if c.name not in names),
    )


def known_columns(name: str) -> dict[str, Column]:
    """Return every column that rows of a table may be asked for: those shown, the others of `documents`, and the year."""
    known = {c.name: c for c in with_document(ALL_TABLES[name])}
    for c in (*TABLES["documents"], *_WHOSE):
        known.setdefault(c.name, c)
    return known


CHINESE_TITLES = {
    "extractions": "抽取结果",
    "documents": "文档",
    "texts": "正文",
    "sections": "层次",
    "parts": "文件组成",
    "slogans": "数字口号",
    "quantities": "数量指标",
    "measures": "政策举措",
    "citations": "引用文件",
    "repairs": "修复记录",
}
