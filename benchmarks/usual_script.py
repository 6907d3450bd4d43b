"""The script that is usually written for this job, as a practised user of the same packages writes it.

BeautifulSoup for the text, opencc for simplified characters, jieba for words (`jieba.posseg` with tags, or plain `jieba.cut`),
regular expressions for slogans, numbers, cited titles and measures, pandas for the tables. It repairs nothing, knows no outline,
no status, no region, and is honest work of an afternoon: patterns are compiled once, dictionaries loaded once, tables built once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import jieba
import jieba.posseg
import opencc
import pandas as pd
from bs4 import BeautifulSoup

SLOGAN_RE = re.compile(r"[“\"]?([一二三四五六七八九十两\d]{1,3}(?:个|项|大|化)?[\u4e00-\u9fff]{2,4})[”\"]")
TITLE_RE = re.compile(r"《([^《》\n]{2,80})》(?:（([^（）\n]{4,40}号)）)?")
NUMBER_RE = re.compile(
    r"(增长|提高|达到|下降|完成|实现|新增|新建|投资)?(?:约|超过|不低于|不少于)?(\d+(?:\.\d+)?)"
    r"(%|个百分点|亿元|万元|元|万亩|亩|公里|平方米|万人|人|个|家|所|户|项|名|件|吨)"
)
DOC_NUMBER_RE = re.compile(r"[\u4e00-\u9fff]{2,8}〔\d{4}〕\d{1,4}号")
DATE_RE = re.compile(r"(20\d{2})年(\d{1,2})月(\d{1,2})日")
SENTENCE_RE = re.compile(r"[^。！？；\n]+[。！？；]?")
CLAUSE_RE = re.compile(r"[^，。！？；\n]+")
VERBS = frozenset(
    [
        "加强",
        "推进",
        "完善",
        "建立",
        "健全",
        "强化",
        "落实",
        "实施",
        "提高",
        "加快",
        "推动",
        "开展",
        "组织",
        "建设",
        "新建",
        "改造",
        "支持",
        "鼓励",
        "严格",
        "优化",
        "深化",
        "制定",
        "促进",
        "扩大",
        "提升",
    ]
)


def text_of(raw: bytes) -> str:
    """Return a page's text: UTF-8, else GB18030."""
    try:
        page = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        page = raw.decode("gb18030", errors="replace")
    if "<" not in page[:2000]:
        return page
    soup = BeautifulSoup(page, "lxml")
    for tag in soup(["script", "style"]):
        tag.decompose()
    return soup.get_text("\n")


def tagged(sentence: str) -> Iterator[tuple[str, str]]:
    """Cut a sentence with tags, by `jieba.posseg`."""
    for pair in jieba.posseg.cut(sentence):
        yield pair.word, pair.flag


def untagged(sentence: str) -> Iterator[tuple[str, str]]:
    """Cut a sentence without tags, by `jieba.cut`."""
    for word in jieba.cut(sentence):
        yield word, "v" if word in VERBS else ""


Rows = dict[str, list[dict[str, Any]]]


def analyse(
    name: str, raw: bytes, convert: Callable[[str], str], cut: Callable[[str], Iterable[Any]], rows: Rows
) -> None:
    """Add one page's rows to the tables."""
    text = convert(text_of(raw))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    text = "\n".join(lines)
    number, date = DOC_NUMBER_RE.search(text), DATE_RE.search(text)
    rows["documents"].append(
        {
            "source": name,
            "title": lines[0] if lines else "",
            "doc_number": number.group() if number else None,
            "date": "-".join(date.groups()) if date else None,
        }
    )
    rows["slogans"] += [{"source": name, "label": m[1], "start": m.start()} for m in SLOGAN_RE.finditer(text)]
    rows["citations"] += [
        {"source": name, "title": m[1], "doc_number": m[2], "start": m.start()}
        for m in TITLE_RE.finditer(text)
    ]
    for found in SENTENCE_RE.finditer(text):
        sentence = found.group()
        for m in NUMBER_RE.finditer(sentence):
            rows["quantities"].append(
                {
                    "source": name,
                    "sentence": sentence,
                    "change": m[1],
                    "value": float(m[2]),
                    "unit": m[3],
                    "start": found.start() + m.start(),
                }
            )
        at = found.start()
        subject = verb = ""
        rest: list[str] = []
        for word, flag in cut(sentence):
            if word in "，。；！？":
                if verb:
                    rows["measures"].append(
                        {"source": name, "actor": subject, "verb": verb, "object": "".join(rest), "start": at}
                    )
                    subject = verb = ""
                    rest = []
            elif verb:
                rest.append(word)
            elif flag.startswith("v") and word in VERBS:
                verb = word
            elif flag.startswith("n"):
                subject += word
        if verb:
            rows["measures"].append(
                {"source": name, "actor": subject, "verb": verb, "object": "".join(rest), "start": at}
            )


def run(pages: Iterable[tuple[str, bytes]], out: Path, cut: Callable[[str], Iterable[Any]]) -> int:
    """Write the tables of all pages to CSV files; return how many rows."""
    convert = opencc.OpenCC("t2s").convert
    rows: Rows = {name: [] for name in ("documents", "slogans", "citations", "quantities", "measures")}
    for name, raw in pages:
        analyse(name, raw, convert, cut, rows)
    out.mkdir(parents=True, exist_ok=True)
    for table, found in rows.items():
        pd.DataFrame(found).to_csv(out / f"{table}.csv", index=False, encoding="utf-8-sig")
    return sum(map(len, rows.values()))
