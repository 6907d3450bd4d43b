"""Takes out lines of pornography and gambling that were injected into a page, and the county list behind them."""

from __future__ import annotations

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

# words no policy document holds, several of them in a row even less
SPAM_WORD_RE = lazy_re(
    r"国产精品|國產精品|无码|無碼|有码|有碼|久久|色综合|色綜合|婷婷|丁香花?五月|插插|狠狠|啪啪|日韩欧美|日韩[aA][vV]"
    r"|欧美[亚日]|亚洲[色精欧日婷]|一区二区|二区三区|[aA][vV]片|(?<![A-Za-z])[aA][vV](?:在线|天堂|色|女优|电影)"
    r"|成人(?:网站|电影|视频|影院|在线|小说)|免费(?:视频|观看|看片|在线|网站)|在线(?:观看|播放|视频|看片)|高清(?:无码|在线|视频)"
    r"|毛片|黄色?网站|黄片|激情(?:视频|网|小说|五月)|伦理片|乱伦|裸聊|(?<![\u4e00-\u9fff])精品视频|国产[aA自偷三]|自拍偷拍|女优|艳照|熟女|人妻"
    r"|百家乐|時時彩|时时彩|六合彩|老虎机|北京赛车|澳门(?:新葡京|威尼斯人|永利|银河|太阳城|赌场)|真人(?:娱乐|荷官|游戏)"
    r"|博彩(?:网|平台|公司|游戏)|娱乐城|赌博网|棋牌(?:游戏|平台)|注册(?:就|即)?送|开户送|彩票(?:平台|网站|注册)|足球投注|网上(?:赌场|投注)"
    r"|彩金|首存|返水|亚博|必威|皇冠体育|威尼斯人|开奖(?:直播|现场)|特码|(?<![A-Za-z])(?:pk|PK)(?:10|拾)",
)
# words that spam shares with other text: they only carry it on to its left
WEAK_WORD_RE = lazy_re(r"国产|國產|亚洲|亞洲|欧美|歐美|日韩|日韓|精品|一区|一區|[aA][vV]|\b91")
# a document that fights such things names them too
FIGHTS_RE = lazy_re(
    r"打击|查处|整治|严禁|禁止|治理|取缔|清除|清理|屏蔽|封堵|防范|抵制|侦破|案件|違法|违法|非法|有害|犯罪|净网|扫黄"
    r"|打擊|查處|嚴禁|取締|淨網|掃黃"
)
QUOTED_RE = lazy_re(r"[“「\"][^“”「」\"\n]{1,20}[”」\"]")  # a word that is spoken of
SENTENCE_RE = lazy_re(r"[^。！？\n]{1,4000}[。！？]?")
COUNTY_LIST_RE = lazy_re(
    r"\s{0,20}(?:[\u4e00-\u9fff]{2,12}[ \t]?[|｜][ \t]{0,3}){6,2000}(?:[\u4e00-\u9fff]{2,12}(?=\s|\Z))?"
)  # 遵义县| 常熟市| 永善县|
SHORTEST_PROSE = 10  # characters
FLUENT = -5.5  # nats a character costs on average in a document; spam is dearer
IDEOGRAPH_RE = lazy_re(r"[\u4e00-\u9fff]")
PAUSE_RE = lazy_re(r"[，,；;、|｜ \t]")
LEAST_WORDS = 3  # different spam words in a sentence


def injected_spam(text: str) -> list[Edit]:
    """Return the edits that take out injected spam.

    >>> from pipeline.edits import TracedText
    >>> spam = "国产精品原创AV片国产日韩,亚洲婷婷五月综合狠狠,av色综合久久 " + "遵义县| 常熟市| 永善县| 清河县| " * 3
    >>> damaged = f"学校配备专业财务人员。\\n{spam}\\n附件"
    >>> TracedText(damaged).edited(injected_spam(damaged), kind="injected_spam").text
    '学校配备专业财务人员。\\n\\n附件'

    A sentence that tells how gambling or pornography is fought stays; so does a list of places by itself.
    """
    edits: list[Edit] = []
    end = 0
    for word in SPAM_WORD_RE.finditer(text):
        if word.start() < end:
            continue
        start = max(text.rfind(mark, 0, word.start()) for mark in "。！？\n") + 1
        sentence = SENTENCE_RE.match(text, start)
        if sentence is None:
            continue
        end = sentence.end()
        if not _is_spam(sentence.group()):
            continue
        last = _ending(text, list(SPAM_WORD_RE.finditer(text, word.start(), end))[-1].end(), end)
        if _is_prose(
            text[last:end]
        ):  # 六合彩、彩金投入教育经费的增长高于…: the sentence that spam was put into goes on
            edits.append(Edit(_beginning(text, start, word.start()), last, "", 0.8))
            continue
        while (more := SENTENCE_RE.match(text, end)) and _is_spam(more.group()):
            end = more.end()
        places = COUNTY_LIST_RE.match(text, end)
        end = places.end() if places else end
        edits.append(Edit(_beginning(text, start, word.start()), end, "", 0.95))
    return edits


def _beginning(text: str, line: int, at: int) -> int:
    """Return where spam begins whose first sure word stands at an offset of a line: 〔国产一区91,〕国产精品…."""
    start = _pause(text, line, at)
    if _is_prose(text[start:at]):
        return at
    while start > line and WEAK_WORD_RE.search(text, before := _pause(text, line, start - 1), start):
        start = before
    return start


def _ending(text: str, at: int, end: int) -> int:
    """Return where spam ends whose last sure word ends at an offset: with its clause, unless the document goes on in that."""
    pause = PAUSE_RE.search(text, at, end)
    behind = pause.end() if pause else end
    return at if _is_prose(text[at:behind]) else behind


def _pause(text: str, line: int, at: int) -> int:
    return max(line, *(text.rfind(mark, line, at) + 1 for mark in "，,；;、|｜ \t"))


def _is_prose(text: str) -> bool:
    """Tell whether a piece is long enough to read, and reads as the prose of a document."""
    if len(text) < SHORTEST_PROSE or 2 * len(IDEOGRAPH_RE.findall(text)) < len(text):
        return False  # 24小时客服QQ：8888
    return load_model().score(text) >= FLUENT * len(text)


def _is_spam(sentence: str) -> bool:
    words = set(SPAM_WORD_RE.findall(QUOTED_RE.sub("", sentence)))
    return len(words) >= LEAST_WORDS and not FIGHTS_RE.search(sentence)
