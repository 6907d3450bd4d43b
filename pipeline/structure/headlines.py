"""A mirror's headline above the document's own title: two titles in a row, of which the second is the document's."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re
from pipeline.structure.bodies import is_body, split_names
from pipeline.structure.doc_types import bare_title, type_of_title
from pipeline.structure.gazetteer import gazetteer
from pipeline.structure.issuers import SEVERAL_RE, issuer_in_title

GOES_ON_RE = lazy_re(r"转发|印发|批转|批准|同意|(?:部门|单位|会议|[、和与及等的])$")  # …等三部门 | 关于…
OPENS_TITLE_RE = lazy_re(r"关于|印发|转发|批转")
DAY_RE = lazy_re(r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日[，,：:]?")
CRIES_RE = lazy_re(r"[！!？?]")  # 最新！…公布
PLACE_RE = lazy_re(r"[\u4e00-\u9fff]{2,8}?(?:自治[县州旗]|[省市县区旗州盟])")
PLACES_RE = lazy_re(rf"(?:{PLACE_RE.pattern}){{1,3}}")
COLUMN_RE = lazy_re(
    r"[一-鿿]{2,8}(?:统计|数据|规划|公开|动态|文件|信息|政策|法规|计划|解读|报告|通知|公告|公示|要闻|新闻|专栏|专题|领域|事项|项目申报|招标采购|人事招聘)(?:[及和与、][一-鿿]{2,6})?"
)
_BRACKETED_RE = lazy_re(r"[（(]([^（）()]{2,30})[）)]")
SEARCHED_RE = lazy_re(r"哪[些里个]|什么|怎[么样]|多少|吗|为何|几[号点岁]")
_ENDED_RE = lazy_re(r"[。，：；！？、]")
_LEAST_FOREIGN, _LONGEST_BELOW = 8, 60
_SHARED = 6  # characters that no title says twice, its body and place left out
_LONGEST = 120
_MOST_PLACES = 16  # characters of the places above a county


def is_headline(line: str, below: str) -> bool:
    """Say whether a line is what a mirror calls the document whose own title stands below it.

    >>> is_headline("最新！青山县人民政府工作规则公布", "青山县人民政府关于印发《青山县人民政府工作规则》的通知")
    True
    >>> is_headline("青山县人民政府转发", "青山县教育局关于做好招生工作的通知")
    False

    A title broken over two lines is none: its second line does not begin as a title does.
    """
    if type_of_title(below) is None or max(len(line), len(below)) > _LONGEST:
        return False
    if below in line and line != below:
        return _only_decorates(*line.split(below, 1))
    if 3 <= len(line) - len(below) <= _MOST_PLACES and _adds_places(line, below):
        return True
    if GOES_ON_RE.search(line) or SEVERAL_RE.search(line) or "关于" in line or split_names(line):
        return False
    if (opens := OPENS_TITLE_RE.search(below)) and (opens.start() == 0 or issuer_in_title(below)):
        # 青山县行动计划 | 青山县人民政府关于印发青山县行动计划的通知
        is_own = type_of_title(line) is None or bare_title(_bare(line)) in _bare(below)
        if is_own and opens.start() == 0 and (_is_column(line) or _says_again(line, below)):
            return True  # 规划及数据统计 | 关于青山县2022年计划执行情况的报告
        return is_own and (opens.start() > 0 or CRIES_RE.search(line) is not None)
    return type_of_title(line) is None and below[:3] in line and _says_again(line, below)


def is_of_another_page(line: str, below: str, rest: str) -> bool:
    """Say whether a mirror set the headline of another page above a title: no two characters of it are in the document.

    It asks what people search for, or names a place that the document does not.

    >>> text = "根据市疫情防控工作要求，东方市秋季学期延期开学，各学校不得早于9月5日组织学生返校。"
    >>> is_of_another_page("新疆妇幼保健院入园体检预约挂号流程", "东方市2022年秋季学期延期开学", text)
    True
    """
    if len(line) < _LEAST_FOREIGN or not 4 < len(below) <= _LONGEST_BELOW or _ENDED_RE.search(below):
        return False
    if not PLACE_RE.match(below):
        return False  # a title broken over two lines
    if any(line[at : at + 2] in rest or line[at : at + 2] in below for at in range(len(line) - 1)):
        return False
    pairs = [below[at : at + 2] for at in range(len(below) - 1)]
    if 2 * sum(pair in rest for pair in pairs) < len(pairs):
        return False
    return SEARCHED_RE.search(line) is not None or next(gazetteer().find_names(line), None) is not None


def says_place_again(body: str, below: str) -> bool:
    """Say whether the line below a letterhead is a whole title that names the body's place itself.

    >>> says_place_again("张家市青山区人民政府", "青山区村级干部管理办法（试行）"), says_place_again("青山县教育局", "2023年工作要点")
    (True, False)
    """
    if body.endswith("人民政府") and below.startswith(body.removesuffix("人民政府") + "关于"):
        return True  # 青山市天河区人民政府 | 青山市天河区关于优化营商环境的若干措施
    place = PLACE_RE.match(below)
    return bool(
        place
        and place[0] in body
        and type_of_title(below)
        and not issuer_in_title(below)
        and "关于" not in below
    )


def is_of_own_office(body: str, below: str) -> bool:
    """Say whether below the name of a government (whose site it is) begins a title of one of its own offices.

    No government signs together with an office of its own; with the army or a court it may.

    >>> is_of_own_office("青山区人民政府", "青山区教育局关于做好招生工作的通知"), is_of_own_office("青山区人民政府", "青山区人民武装部关于征兵的通告")
    (True, False)
    """
    place = body.removesuffix("人民政府")
    issuer = issuer_in_title(below) if place != body and below.startswith(place) else None
    return issuer is not None and issuer.endswith(("局", "办公室")) and "、" not in issuer


def _is_column(line: str) -> bool:
    """Say whether a line is the name of a site's column, and no body that issues what stands below it."""
    return COLUMN_RE.fullmatch(line) is not None and not is_body(line)


def _bare(line: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", line)


def _only_decorates(before: str, behind: str) -> bool:
    """Say whether a headline adds a day or a cry in front of the title, or in brackets behind it who made it."""
    if DAY_RE.fullmatch(before) or (CRIES_RE.search(before[-1:]) and not behind):
        return not behind
    if before.endswith(" ") and not behind and not split_names(before.split()[-1]):
        return True  # 青山县人民政府 政策文件 | …: where a site files it
    if not before and behind.strip() in ("范文", "全文", "原文", "正文"):
        return True  # …的讲话范文 | …的讲话
    made = _BRACKETED_RE.fullmatch(behind.strip())
    return made is not None and is_body(made[1]) and not split_names(before)


def _adds_places(line: str, below: str) -> bool:
    """Say whether a line is the title below it with the places above its own put in: 关于[江北市]青山县2023年预算的报告."""
    n_more = len(line) - len(below)
    n_same = next((at for at, (a, b) in enumerate(zip(line, below, strict=False)) if a != b), len(below))
    is_inside = line[n_same + n_more :] == below[n_same:]
    return (
        is_inside
        and type_of_title(line) is not None
        and PLACES_RE.fullmatch(line[n_same : n_same + n_more]) is not None
    )


def _says_again(line: str, below: str) -> bool:
    """Say whether two lines share a run of characters behind the place that both begin with."""
    place = PLACE_RE.match(below)
    rest = below[place.end() :] if place else below
    return any(rest[at : at + _SHARED] in line for at in range(len(rest) - _SHARED + 1))
