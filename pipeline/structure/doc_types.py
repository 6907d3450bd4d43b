"""The type of a document (文种): from its title, and where that says nothing from how the text speaks."""

from __future__ import annotations

import functools
import re

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table

OTHER, NEWS, QUESTIONS, REPORT = "其他", "新闻报道", "问答", "工作报告"

BRACKETED_END_RE = lazy_re(
    r"\s*[（(〔\[【][^（）()〔〕\[\]【】]{1,40}[）)〕\]】]\s*$"
)  # （试行）, （2023—2025年）
# a title that tells of a document is not its title: 我县出台教育提质行动计划
TELLS_OF_RE = lazy_re(
    r"(?:出台|发出|下发|发布|公布|推出|启动|印发|制定|召开|举行|举办|解读|审议通过|(?<![工合协操创制运])作(?:政府)?$|[开闭]幕)(?!(?<=发布|解读)(?:工作|机制|制度|管理))(?!.{0,80}的(?:通知|公告|决定|函|通报|意见|报告)$)"
)
AND_PLANS_RE = lazy_re(
    r"(?<=报告|总结|汇报)(?:[及和与暨]\s?(?:(?:下一?步|下半年|今后|明年|来年|20\d\d\s?年|第?[一二三四1-4]季度)[^，。]{0,8}|工作)(?:打算|计划|安排|思路|建议|要点|谋划|设想|展望|重点))$"
)  # 工作情况报告及下步工作打算
OFFICIAL_VISIT_RE = lazy_re(
    r"(?:书记|[县区市镇乡局]长|主任|部长|主席|领导|厅长|专员|一行|[\u4e00-\u9fff]{2,3})(?:[\u4e00-\u9fff]{2,4})?(?:到|来|赴|深入|带队|率队|前往)?[\u4e00-\u9fff]{0,12}(?:调研|督导|视察|走访|慰问|督查|检查指导|巡察)(?!报告|方案|办法|通报|意见|组)[\u4e00-\u9fff]{2,}"
)
# a headline in two halves or three, each without a word that papers have
HEADLINE_RE = lazy_re(
    r"(?!.*(?:关于|印发|通知|方案|意见|办法|规划|计划|报告|情况|\d{4}年))[^\s]{6,30}(?:[ \u3000][^\s]{4,20}){1,2}"
)
SAMPLE_END_RE = lazy_re(r"(?:材料|范文|模板|样本)$")  # what a library of files calls it
NAMED_RE = lazy_re(r"《[^》]{0,200}》?")
OFFICIAL_RE = lazy_re(r"关于|^印发|的(?:通知|公告|通告|决定|批复|函|报告|意见)$")
QUESTION_LINE_RE = lazy_re(r"^[^\S\n]*(?:问|记者问?|网友|[QＱ])[0-9]{0,2}[：:]", re.MULTILINE)
ASKED_LINE_RE = lazy_re(r"^[^\n。]{3,80}[？?]\s*\n[^\S\n]*(?:答|[AＡ])[0-9]{0,2}[：:]", re.MULTILINE)
ANSWER_LINE_RE = lazy_re(r"^[^\S\n]*(?:答|[AＡ])[0-9]{0,2}[：:]", re.MULTILINE)
OWN_REPORT_RE = lazy_re(
    r"(?:建设|治理|公开|监督|管理|整改|落实|创建|保护|服务|防治|述职|述廉|年度)(?:情况)?(?:的)?工作报告$"
)
DELEGATES_RE = lazy_re(r"^[^\S\n]*各位(?:代表|委员)[^\n]{0,12}[：！，:!]", re.MULTILINE)
DELIVERS_RE = lazy_re(r"(?:代表|受).{0,20}(?:政府|国务院).{0,30}(?:报告|汇报)")
REVIEW_RE = lazy_re(
    r"^[^\n]{0,24}(?:工作|时期|五年|一年)[^\n。]{0,12}回顾[^\S\n]*$", re.MULTILINE
)  # 一、2021年工作回顾
ASSEMBLY_RE = lazy_re(r"人民代表大会[^\n，。]{0,12}会议上?[）)]?[^\S\n]*$", re.MULTILINE)
SPEAKER_RE = lazy_re(r"(?:人民政府|政府)(?:代)?[县区市]长")
ADDRESS_RE = lazy_re(
    r"^[^\S\n]*(?:各[^\n。]{2,60}|[^\n。]{2,30}(?:人民政府|委员会|局|厅|部|校长|代表))：$", re.MULTILINE
)
REPORTING_RE = lazy_re(
    r"^\d{1,2}月\d{1,2}日(?:上午|下午|晚)?，|近日|日前|记者|通讯员|报道|本报讯|本网讯|[^。\n]{2,12}讯[ 　]|[\u4e00-\u9fff ]{2,20}报道[：:]|讯（(?:通讯员|记者)"
    r"|(?:近年来|今年以来|近期)[，,]?[^。\n]{2,14}(?:县|市|区|旗|局)",
    re.MULTILINE,
)
DATELINE_RE = lazy_re(
    r"(?:[\u4e00-\u9fff]{2,12}(?:消息|讯)[ 　：:]{1,2})?(?:\d{1,2}月\d{1,2}日|[昨今][天日](?:（\d{1,2}日）)?)(?:至\d{1,2}日)?(?:上午|下午|晚|早)?[，,][^。\n]{0,80}"
    r"(?:召开|主持|举行|举办|开幕|闭幕|启动|开展|调研|考察|督导|检查|视察|走访|慰问|出席|会见|会办|督办|率队|率领|带队|一行|来到|深入|赴)|近日[，,]|日前[，,]|本报讯|本网讯|[\u4e00-\u9fff]{2,12}(?:消息|讯)[ 　：:（(][^。\n]{0,30}报道[）)：:]"
)
OWN_PAPER_RE = lazy_re(r"本(?:办法|规定|方案|规划|计划|通知|意见|细则|条例)|现将|特此")
WE_RE = lazy_re(rf"我[省市县区局校州旗]|{OWN_PAPER_RE.pattern}")  # news of a county says 我县 too
ISSUED_RE = lazy_re(r"现(?:将[^。；\n]{2,120}?)?(?:印发|转发|下达|下发)(?:给你们|你们|如下)")
OWN_WORD_RE = lazy_re(
    r"[，,现](?:就|将)?[^，。；\n]{0,24}?(?P<said>通知|通告|公告|决定)如下|[提作做]出(?:如下|以下)(?:贯彻|实施)?(?P<opinion>意见|决定)"
    r"|[制编][定制订]本(?P<drawn>办法|方案|规划|计划|规定|细则|条例|预案|意见)"
    r"|本(?P<yearly>年报|年度报告|报告)(?:根据|依据|按照|由|是)|予以(?P<shown>公示)[，,。：:]"
    r"|研究(?P<decided>决定)[，,：:]?[^。\n]{2,160}(?:予以|给予)(?:通报)?(?:表彰|表扬|嘉奖|批评)"
)
CHAPTERS_RE = lazy_re(r"^[^\S\n]*第一(?:[条章]|部分)", re.MULTILINE)
# what a piece of news opens with: 某某时刻青山2月23日讯（通讯员 某某）
AGENCY_RE = lazy_re(
    r"^[^\S\n]*(?:[\u4e00-\u9fff·—-]{2,16}?\d{1,2}月\d{1,2}日(?:电|讯|消息)|[\u4e00-\u9fff]{2,12}讯\s?[（(](?:通讯员|记者|见习|特约))",
    re.MULTILINE,
)


@functools.cache
def _words() -> tuple[dict[str, str], tuple[int, ...]]:
    """The types by their words, and how long the words are, the longest first."""
    types = {row["word"]: row["doc_type"] for row in table("doc_types.csv")}
    return types, tuple(sorted({len(word) for word in types}, reverse=True))


def bare_title(title: str) -> str:
    """Return a title without the brackets behind it.

    >>> bare_title("柳城教育提质振兴三年行动计划（2023—2025年）（试行）")
    '柳城教育提质振兴三年行动计划'
    """
    for _ in range(4):
        shorter = BRACKETED_END_RE.sub("", title)
        if shorter == title or not shorter:
            break
        title = shorter
    return title.strip(" 　》”")


def type_of_title(title: str) -> str | None:
    """Return the type that a title's last word names, None when it names none.

    >>> type_of_title("关于印发《柳城教育提质振兴三年行动计划（2023-2025）》的通知")
    '通知'
    >>> type_of_title("旬邑县推动义务教育优质均衡发展") is None
    True
    """
    bare = AND_PLANS_RE.sub("", SAMPLE_END_RE.sub("", bare_title(title)))
    types, lengths = _words()
    for length in lengths:
        doc_type = types.get(bare[-length:])
        if doc_type is None:
            continue
        if (
            doc_type != QUESTIONS
            and TELLS_OF_RE.search(bare[:-length])
            and not OFFICIAL_RE.search(NAMED_RE.sub("", bare))
        ):
            return NEWS
        return doc_type
    return None


def _own_word(opening: str) -> str | None:
    """Return what a document that lost its title calls itself: …，现通知如下; …，特制定本方案; …，提出如下意见."""
    if ISSUED_RE.search(opening[:600]):
        return "通知"
    match = OWN_WORD_RE.search(opening)
    return type_of_title(match[match.lastgroup or 0]) if match else None


def find_doc_type(title: str | None, text: str, *, has_outlet: bool, has_doc_number: bool) -> str:
    """Return the type of a document; 其他 when neither title nor text show one."""
    named = type_of_title(title) if title else None
    if named == REPORT and OWN_REPORT_RE.search(bare_title(title or "")):
        return "报告"  # 青山县交通运输局2022年法治政府建设工作报告
    if named is not None and named != OTHER:
        return named
    opening = text[:3000]
    if len(ANSWER_LINE_RE.findall(text)) >= 2 and (
        len(QUESTION_LINE_RE.findall(text)) >= 2 or len(ASKED_LINE_RE.findall(text)) >= 2
    ):
        return QUESTIONS  # 二、哪些人可以申请？ / 答：…
    if named is not None:  # 政策解读, 会议纪要: a known word without a type of its own
        return named
    if _is_delivered(title, opening, text):
        return REPORT
    if not has_doc_number and AGENCY_RE.search(opening[:400]):
        return NEWS
    if title is None and (own := _own_word(opening[:1500])):
        return own
    if has_doc_number or CHAPTERS_RE.search(text) or ADDRESS_RE.search(opening[:600]):
        return OTHER
    if title is None:  # a page whose headline is lost, but not its dateline
        return NEWS if not OWN_PAPER_RE.search(opening) and DATELINE_RE.match(text.lstrip()) else OTHER
    return NEWS if _is_told(title, opening, has_outlet=has_outlet) else OTHER


def _is_delivered(title: str | None, opening: str, text: str) -> bool:
    """Say whether a text is spoken to an assembly."""
    if DELEGATES_RE.search(opening) and DELIVERS_RE.search(opening):
        return True
    if REVIEW_RE.search(opening[:400]) and "各位代表" in text:
        return True
    if title or not ASSEMBLY_RE.search(opening[:200]):
        return False
    # the headline is lost: 2012年2月16日在徐水县第十五届人民代表大会第一次会议上
    return SPEAKER_RE.search(opening[:300]) is not None


def _is_told(title: str, opening: str, *, has_outlet: bool) -> bool:
    """Say whether headline and opening are those of news: more speaks for a reporter than for the body itself."""
    points = 2 * bool(REPORTING_RE.search(opening)) + has_outlet - 2 * bool(WE_RE.search(opening))
    if title:
        points += re.search(r"[！？!?丨|]|：", title) is not None
        points += HEADLINE_RE.fullmatch(title) is not None  # …打好组合拳 未诉先办 主动靠前
        points += 2 * (OFFICIAL_VISIT_RE.search(title) is not None)  # 县长王某某调研教育工作
        points += 2 * (TELLS_OF_RE.search(title) is not None)  # 我县召开教育工作推进会
    return points >= 1
