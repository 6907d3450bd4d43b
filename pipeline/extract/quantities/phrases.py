"""The noun phrase behind an amount: 12名〔产业顾问、联络员〕."""

from __future__ import annotations

import re

from pipeline.extract.quantities.words import ends_with, word_list, word_set, words_between
from pipeline.tagged import TaggedText

_STOP_TAGS = frozenset(
    {"p", "ul", "uz", "uv", "ug", "ud", "y", "e", "o", "zg", "r", "rr", "rz", "d", "c", "m", "t"}
)
_PLACES = frozenset({"县", "村", "镇", "乡", "园", "市", "区"})  # jieba's dictionary gives these no class
_NUMERAL_RE = re.compile(r"[\d〇零一二三四五六七八九十两百千万亿]")
_BRACKET_RE = re.compile(
    r"（(?:[一-鿿]{1,2}|[市区县旗](?:、[市区县旗]){1,2})）"
)  # 成员校（园）, 校（科）级干部
_STRETCH_RE = re.compile(r"[^至]?至[一-鿿]{2,8}?段")  # 北环路〔至许村段〕公路
_SHORT_NOUNS = frozenset("镇乡灯树人村桥井站路店车房牛羊猪")  # 15264盏灯, 覆盖133个村
_WHOLES = ("村", "镇", "乡", "县", "学校", "企业", "家庭", "农户", "社区", "小区", "人口")
_QUALITIES = ("条件", "环境", "水平", "质量", "面貌", "待遇", "能力", "容貌")
_OTHERS = frozenset({"其他", "其它"})  # 农业转移人口和〔其他〕常住人口
_INSIDE = frozenset("中上下内里")
_BRINGING = frozenset(
    ["完成", "得到", "取得", "予以", "成为", "开展", "进行", "举办", "召开", "获得", "荣获", "加快"]
)  # verbs that are part of no name but 完成率
_VILLAGES = frozenset({"行政村", "自然村", "建制村", "贫困村"})
_IN_A_VILLAGE_RE = re.compile(
    r".(?:卫生|干部|小|民|委|医|庄|史|级|文化|服务|综合|党|集体|企|镇|落|社区|街|居|幼|邮|超|中|办|组|养|敬|便|政|派|司|财|域|区|属)"
)

_RANKED_RE = re.compile(r"(?:[一-鿿]{2,6}?)?\d{1,4}强(?![一-鿿]?[化劲烈])")  # 4家〔世界500强〕和1家央企


def noun_after(words: TaggedText, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the noun phrase that begins at an offset: 12名〔产业顾问、联络员〕.

    Returns None where a predicate, a mark or another number follows.
    """
    text = words.text
    while start < end and text[start] in "的 ":
        start += 1
    row = words_between(words, start, end)
    last = behind_bracket = start
    if "强" in text[start : start + 12] and (ranked := _RANKED_RE.match(text, start, end)):
        last = behind_bracket = ranked.end()
    for k, (at, word, tag) in enumerate(row):
        if at < behind_bracket:
            continue
        following = row[k + 1][1] if k + 1 < len(row) else ""
        next_tag = row[k + 1][2] if k + 1 < len(row) else "x"
        if next_tag == "d" and k + 2 < len(row):  # 产业顾问、联络员
            next_tag = row[k + 2][2]
        has_noun_next = bool(following) and (next_tag[0] in "nbajlsi" or next_tag == "vn")
        if last > start and (word[0] == "每" or (word[0] == "在" and tag == "nrt")):
            break  # 7.8万名中小学生|每学年; to jieba 在城镇 is a person
        if word == "“" and (closing := text.find("”", at, min(end, at + 16))) > 0:  # 国家“水十条”断面
            last = behind_bracket = closing + 1
            continue
        if word in "“‘" or (word in "”’" and "“" in text[start:at]):
            last = at + 1 if word in "”’" else last
            continue
        if word == "的" and text[start:last].endswith(_WHOLES):  # 20个特色村〔的道路〕: villages are counted
            break
        if word == "的" and last > start and any(w.endswith(_QUALITIES) for _, w, _ in row[k + 1 : k + 4]):
            break  # 200个教学点〔的办学条件〕
        if word in _VILLAGES and last == start:
            last = at + len(word)
            if following not in ("、", "和", "及", "的"):
                break
            continue
        if (
            word in ("村", "镇", "乡")
            and _IN_A_VILLAGE_RE.match(text, at) is None
            and (last > start or following)
        ):
            last = at + 1
            break
        if word == "新" and last > start and next_tag[0] == "v":
            break  # 23个项目|新开工建设
        if "至" in word and last > start and (stretch := _STRETCH_RE.match(text, at, end)):
            last = behind_bracket = stretch.end()
            continue
        if word in ("、", "和", "及", "以及", "或", "的", "等"):
            if word == "等":
                last = at if last > start else last
                break
            if (
                (not has_noun_next and following not in _OTHERS)
                or following in word_set("predicate")
                or last == start
                or _NUMERAL_RE.match(following)
                or (word == "、" and _begins_a_count(row[k + 1 : k + 3]))
            ):
                break
            continue
        if word == "（" and last > start and (inner := _BRACKET_RE.match(text, at, end)):  # 校（科）级干部
            if text[inner.end() : inner.end() + 1] not in ("级", "类", "型"):
                break
            last = behind_bracket = inner.end() + 1
            continue
        if word in _OTHERS and last > start:
            continue
        if _describes(row, k, text[start:last]):
            last = at + len(word)
            continue
        if tag == "x" or (
            tag in _STOP_TAGS
            and word not in _PLACES
            and not (tag in "dt" and has_noun_next and word not in word_set("predicate"))
            and not (tag == "m" and word in word_set("head"))  # 煤炭经营点
        ):
            break
        if _NUMERAL_RE.match(word) and tag == "m":
            break
        if last > start and len(word) == 4 and word[:2] in word_set("inner"):
            break  # 12家企业|发放贷款
        if last > start and _tells(word, tag, following, has_noun_next=has_noun_next):
            break
        if word in word_set("predicate") and following not in word_set("head"):
            if _is_service(row, k):  # 审批|服务
                last = at + len(word)
            break
        if (
            tag.startswith("v")
            and tag != "vn"
            and word not in word_set("measure_heads")
            and word != "会"
            and not (following in word_set("head") or (k == 0 and has_noun_next) or following == "的")
            and not (word == "站" and last > start)  # 供水|站: to jieba a verb
        ):
            break
        last = at + len(word)
    if match := _BRACKET_RE.match(text, last):
        last = match.end()
    phrase = text[start:last].rstrip()
    whole = phrase
    while phrase and (cut := ends_with(phrase, "tail")) and len(cut) < len(phrase):
        if cut == "专项" and phrase == whole and not _acts(words, last, end):
            break  # 16个重大专项陆续启动, but 5个行业〔专项〕检查
        phrase = phrase[: -len(cut)]
    return (start, start + len(phrase)) if len(phrase) > 1 or phrase in _SHORT_NOUNS else None


def _acts(words: TaggedText, start: int, end: int) -> bool:
    """Say whether a verb follows that is no predicate but what is done: 专项〔检查〕."""
    row = words_between(words, start, min(end, start + 4))
    return bool(row) and row[0][2][0] == "v" and row[0][1] not in word_set("predicate")


def _is_service(row: list[tuple[int, str, str]], k: int) -> bool:
    """Say whether 服务 ends the name of a deed that is offered: 审批〔服务〕, but not 志愿者|服务群众."""
    if row[k][1] != "服务" or k == 0 or row[k - 1][2] not in ("v", "vn"):
        return False
    following, tag = row[k + 1][1:] if k + 1 < len(row) else ("", "x")
    return tag == "x" or following in word_set("predicate")


def _begins_a_count(row: list[tuple[int, str, str]]) -> bool:
    """Say whether the words behind a pause count something of their own: 3个增长极、〔培育两个〕市场."""
    if len(row) < 2 or row[1][2] != "m":
        return False
    return row[0][2][0] == "v" or row[1][1][0].isdigit()


def _tells(word: str, tag: str, following: str, *, has_noun_next: bool) -> bool:
    """Say whether a word behind a noun begins what is told of it: 指标|全面完成, 危房|得到改造, 企业|中."""
    if tag == "f" and word in _INSIDE:
        return not has_noun_next
    return (tag == "l" and word[2:] in word_set("predicate") and not has_noun_next) or (
        word in _BRINGING and len(following) > 1
    )


def _describes(row: list[tuple[int, str, str]], k: int, phrase: str) -> bool:
    """Say whether a verb or adverb inside a noun phrase describes the noun behind it: 国家〔自主创新〕示范区."""
    word, tag = row[k][1], row[k][2]
    if not (
        tag.startswith("v") or tag in ("d", "b", "x") or word in word_set("attributive")
    ) or word in word_set("predicate"):
        return False
    if tag == "x" or not (word in word_set("attributive") or phrase.endswith(word_list("modifiers"))):
        return False
    for _, following, next_tag in row[k + 1 : k + 3]:
        if following in word_set("predicate") or next_tag == "x":
            return False
        if next_tag[0] == "n" or following in word_set("head"):
            return True
        if following not in word_set("attributive") and not next_tag.startswith("v"):
            return False
    return False
