"""The noun phrase behind an amount: 12名〔产业顾问、联络员〕."""

from __future__ import annotations

from pipeline.extract.quantities.words import ends_with, word_list, word_set, words_between
from pipeline.lazy_re import lazy_re
from pipeline.tagged import TaggedText

_STOP_TAGS = frozenset(
    {"p", "ul", "uz", "uv", "ug", "ud", "y", "e", "o", "zg", "r", "rr", "rz", "d", "c", "m", "t"}
)
_PLACES = frozenset({"县", "村", "镇", "乡", "园", "市", "区"})  # jieba's dictionary gives these no class
_GRANTING = frozenset(["支持", "扶持", "资助", "命名", "认定", "批准", "授予", "立项", "评定", "主办"])
# nouns that are a verb, an adverb or a time to jieba
_MISTAGGED = frozenset({"举措", "青年", "手续", "展会", "提案", "难点", "探头", "选手", "会计", "简报"})
_DEEDS_TOO = frozenset(
    {"投诉", "举报", "演出", "讲解", "批示", "批复", "报道"}
)  # nouns where nothing stands before them
_NUMERAL_RE = lazy_re(r"[\d〇零一二三四五六七八九十两百千万亿]")
_NO_NUMERALS = frozenset({"一线", "一流", "三农", "百强", "十强"})  # 企业|一线|科技人才
_COUNT_RE = lazy_re(rf"[近约逾]?(?:\Z|{_NUMERAL_RE.pattern})")  # 和〔近千〕公里
_BRACKET_RE = lazy_re(r"（(?:[一-鿿]{1,2}|[市区县旗](?:、[市区县旗]){1,2})）")  # 成员校（园）, 校（科）级干部
_STRETCH_RE = lazy_re(r"[^至]?至[一-鿿]{2,8}?段")  # 北环路〔至许村段〕公路
_SHORT_NOUNS = frozenset("镇乡灯树人村桥井站路店车房牛羊猪")  # 15264盏灯, 覆盖133个村
_WHOLES = ("村", "镇", "乡", "县", "学校", "企业", "家庭", "农户", "社区", "小区", "人口")
_QUALITIES = ("任务", "工作", "条件", "环境", "水平", "质量", "面貌", "待遇", "能力", "容貌")
_JOINTS = frozenset(["、", "和", "及", "以及", "或", "的"])
_OTHERS = frozenset({"其他", "其它"})  # 农业转移人口和〔其他〕常住人口
_INSIDE = frozenset("中上下内里")
_BRINGING = frozenset(
    ["开始", "完成", "得到", "取得", "予以", "成为", "开展", "进行", "举办", "召开", "获得", "荣获", "加快"]
)  # verbs that are part of no name but 完成率
_VILLAGES = frozenset({"行政村", "自然村", "建制村", "贫困村"})
# what audits find that bodies did: 3个乡镇〔挪用资金〕
_MISUSING = frozenset(
    {"挪用", "截留", "套取", "侵占", "拖欠", "欠缴", "虚报", "虚列", "超标准", "超范围", "擅自"}
)
_IN_A_VILLAGE_RE = lazy_re(
    r".(?:卫生|干部|小|民|委|医|庄|史|级|文化|服务|综合|党|集体|企|镇|落|社区|街|居|幼|邮|超|中|办|组|养|敬|便|政|派|司|财|域|区|属)"
)

# who acts upon a number of things, and what they do: 干部〔包联企业3037〕家
_PEOPLE = (
    "干部", "领导", "专家", "党员", "队员", "教师", "医生", "医师", "人员", "志愿者", "代表", "委员", "书记", "特派员", "民警",
)  # fmt: skip
_PEOPLE_ENDS = frozenset(word[-1] for word in _PEOPLE)
_LOOKING_AFTER = frozenset({"包联", "包抓", "包保", "联系", "结对", "帮扶"})
_DEED_RE = lazy_re(r"[一-鿿]{4,14}\d|(?:包联|包抓|包保|联系|结对|帮扶)\d")
_RANKED_RE = lazy_re(r"(?:[一-鿿]{2,6}?)?\d{1,4}强(?![一-鿿]?[化劲烈])")  # 4家〔世界500强〕和1家央企


def noun_after(words: TaggedText, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the noun phrase that begins at an offset: 12名〔产业顾问、联络员〕.

    >>> noun_after(TaggedText("12名联络员负责", ["12", "名", "联络员", "负责"], ["m", "q", "n", "v"]), 3, 8)
    (3, 6)

    Returns None where a predicate, a mark or another number follows.
    """
    text = words.text
    while start < end and text[start] in "的 ":
        start += 1
    row = words_between(words, start, end)
    padded = [*row, (end, "", "x")]
    attributive, predicate = word_set("attributive"), word_set("predicate")
    last = behind_whole = start
    if "强" in text[start : start + 12] and (ranked := _RANKED_RE.match(text, start, end)):
        last = behind_whole = ranked.end()
    for k, (at, word, tag) in enumerate(row):
        if at < behind_whole:
            continue
        if word in _MISTAGGED or (k == 0 and word in _DEEDS_TOO):
            tag = "n"
        _, following, next_tag = padded[k + 1]
        if following in _MISTAGGED:
            next_tag = "n"
        if next_tag == "d":  # 产业顾问、联络员
            next_tag = padded[k + 2][2]
        elif k == 0 and tag == next_tag == "v" and padded[k + 2][1] in word_set("head"):
            next_tag = "n"  # 15个〔采煤沉陷区〕
        has_noun_next = next_tag[0] in "nbajlsi" or next_tag == "vn"
        is_begun = last > start
        if is_begun and (
            word[0] == "每" or (word[0] == "在" and tag == "nrt") or (word == "新" and next_tag[0] == "v")
        ):
            break  # 7.8万名中小学生|每学年, 23个项目|新开工建设; to jieba 在城镇 is a person
        if is_begun and word in _MISUSING:
            break
        may_be_whole = word == "“" or (is_begun and (word == "（" or "至" in word))
        if may_be_whole and (whole := _whole_piece(text, at, end)):
            last = behind_whole = whole
            continue
        if word in "“‘" or (word in "”’" and "“" in text[start:at]):
            last = at + 1 if word in "”’" else last
            continue
        if word in _VILLAGES and not is_begun:
            last = at + len(word)
            if following in ("、", "和", "及", "的"):
                continue
            break
        if (
            word in ("村", "镇", "乡")
            and (is_begun or following)
            and _IN_A_VILLAGE_RE.match(text, at) is None
        ):
            last = at + 1
            break
        if word in _JOINTS:
            is_left = word == "的" and _leaves_what_is_counted(text[start:last], padded[k + 1 : k + 4])
            may_go_on = is_begun and not is_left and (has_noun_next or following in _OTHERS)
            if may_go_on and _goes_on(word, padded[k + 1 : k + 3]):
                continue
            break
        if word == "等":
            last = at if is_begun else last
            break
        if word in _OTHERS and is_begun:
            continue
        if word in _GRANTING and following == "的" and padded[k + 2][2][:1] in "nb“":
            continue  # 3个中央财政|支持|的|实训基地
        may_act = is_begun and text[last - 1] in _PEOPLE_ENDS and (tag[0] in "vbd" or word in _LOOKING_AFTER)
        if may_act and text.endswith(_PEOPLE, start, last) and _DEED_RE.match(text, at, end):
            break  # 1328名干部|对口包联企业3037家
        may_describe = (tag[0] == "v" or tag in ("d", "b") or word in attributive) and word not in predicate
        if may_describe and _describes(word, text[start:last], padded[k + 1 : k + 3]):
            last = at + len(word)
            continue
        if word == "服务" and _is_service(padded, k):  # 审批|服务
            last = at + len(word)
            break
        if _ends_before(
            word, tag, following, is_begun=is_begun, has_noun_next=has_noun_next, is_first=k == 0
        ):
            break
        last = at + len(word)
    if text[last : last + 1] == "（" and (bracket := _BRACKET_RE.match(text, last)):
        last = bracket.end()
    phrase = _without_tail(words, start, last, end)
    return (start, start + len(phrase)) if len(phrase) > 1 or phrase in _SHORT_NOUNS else None


def _whole_piece(text: str, at: int, end: int) -> int:
    """Return where a piece of a name ends that is read as one, 0 where none begins: “水十条”, 至许村段, （科）级."""
    if text[at] == "“":  # 国家“水十条”断面
        return text.find("”", at, min(end, at + 16)) + 1
    if text[at] == "（":  # 校（科）级干部
        bracket = _BRACKET_RE.match(text, at, end)
        is_class = bracket is not None and text[bracket.end() : bracket.end() + 1] in ("级", "类", "型")
        return bracket.end() + 1 if bracket and is_class else 0
    stretch = _STRETCH_RE.match(text, at, end)
    return stretch.end() if stretch else 0


def _leaves_what_is_counted(phrase: str, row: list[tuple[int, str, str]]) -> bool:
    """Say whether 的 leads from what is counted to something of it: 20个特色村〔的道路〕, 200个教学点〔的办学条件〕."""
    return phrase.endswith(_WHOLES) or any(word.endswith(_QUALITIES) for _, word, _ in row)


def _goes_on(joint: str, row: list[tuple[int, str, str]]) -> bool:
    """Say whether what follows a joint is no predicate and no count of its own: 3个增长极、|培育两个市场."""
    following = row[0][1]
    return not (
        following in word_set("predicate")
        or (following and _COUNT_RE.match(following))
        or (joint == "、" and _begins_a_count(row))
    )


def _ends_before(
    word: str, tag: str, following: str, *, is_begun: bool, has_noun_next: bool, is_first: bool
) -> bool:
    """Say whether a noun phrase ends before a word: a mark, a number, a word of grammar, or what is told of it."""
    predicate, head = word_set("predicate"), word_set("head")
    if tag == "x" or (tag == "m" and _NUMERAL_RE.match(word) and word not in _NO_NUMERALS):
        return True
    if (
        tag in _STOP_TAGS
        and word not in _PLACES
        and not (tag in "dt" and has_noun_next and word not in predicate)
        and not (tag == "m" and (word in head or word in _NO_NUMERALS))  # 煤炭经营点
    ):
        return True
    if is_begun and len(word) == 4 and word[:2] in word_set("inner"):
        return True  # 12家企业|发放贷款
    if is_begun and _tells(word, tag, following, has_noun_next=has_noun_next):
        return True
    if word in predicate and following not in head:
        return True
    return (
        tag[0] == "v"
        and tag != "vn"
        and word not in word_set("measure_heads")
        and word != "会"
        and not (following in head or following == "的" or (has_noun_next and is_first))
        and not (word == "站" and is_begun)  # 供水|站: to jieba a verb
    )


def _without_tail(words: TaggedText, start: int, last: int, end: int) -> str:
    """Return the words of a phrase without those at its end that are no part of the name."""
    phrase = whole = words.text[start:last].rstrip()
    while phrase and (cut := ends_with(phrase, "tail")) and len(cut) < len(phrase):
        if cut == "专项" and phrase == whole and not _acts(words, last, end):
            break  # 16个重大专项陆续启动, but 5个行业〔专项〕检查
        phrase = phrase[: -len(cut)]
    return phrase


def _acts(words: TaggedText, start: int, end: int) -> bool:
    """Say whether a verb follows that is no predicate but what is done: 专项〔检查〕."""
    row = words_between(words, start, min(end, start + 4))
    return bool(row) and row[0][2][0] == "v" and row[0][1] not in word_set("predicate")


def _is_service(padded: list[tuple[int, str, str]], k: int) -> bool:
    """Say whether 服务 ends the name of a deed that is offered: 审批〔服务〕, but not 志愿者|服务群众."""
    if k == 0 or padded[k - 1][2] not in ("v", "vn"):
        return False
    _, following, tag = padded[k + 1]
    return following not in word_set("head") and (tag == "x" or following in word_set("predicate"))


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


def _describes(word: str, phrase: str, behind: list[tuple[int, str, str]]) -> bool:
    """Say whether a verb or adverb inside a noun phrase describes the noun behind it: 国家〔自主创新〕示范区."""
    if word not in word_set("attributive") and not phrase.endswith(word_list("modifiers")):
        return False
    for _, following, tag in behind:
        if following in word_set("predicate") or tag == "x":
            return False
        if tag[0] == "n" or following in word_set("head"):
            return True
        if following not in word_set("attributive") and tag[0] != "v":
            return False
    return False
