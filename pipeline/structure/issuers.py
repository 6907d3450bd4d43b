"""The issuing body of a document (发文机关): from title, signature, printing line, or who delivers a report."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.bodies import HAN, is_body, split_names
from pipeline.structure.committees import is_of_government
from pipeline.structure.dates import DATE_RE
from pipeline.structure.numbers import is_number

TITLE_ISSUER_RE = lazy_re(
    rf"(?P<issuer>(?:中共)?{HAN}{{2,30}}?(?:[、 ](?:中共)?{HAN}{{2,30}}?){{0,9}}?)\s*"
    r"(?:关于|印发|转发|批转|对(?!外)|致|公告|通告|令$)"
)  # 国务院办公厅、中央军委办公厅关于…
PRINTED_BY_RE = lazy_re(
    rf"(?P<issuer>{HAN}{{3,30}})\s*[^\s\d]{{0,4}}\s*\d{{4}}年\d{{1,2}}月\d{{1,2}}日\s*印发"
)
LETTERHEAD_ISSUER_RE = lazy_re(
    r"(?:中华人民共和国)?(?P<issuer>[\u4e00-\u9fff（）]{3,30}?)(?:令|公告|通告)(?:[（(〔]?(?:\d{4}年)?第.{1,6}号[）)〕]?)?$"
)  # 青山县人民政府令（第5号）
PLACE_END = r"(?:省|自治区|自治州|自治县|盟|市|县|区|旗|州|镇|乡)"
GOVERNMENT = r"(?:人民政府|政府|国务院|行政公署|管理委员会|管委会)"
SPEAKER_RE = lazy_re(
    rf"^[—\-\s]{{0,4}}(?P<issuer>{HAN}{{2,24}}{GOVERNMENT})[ 　]*(?:代理?)?(?:县长|市长|区长|州长|盟长|旗长|省长|主席|镇长|乡长|主任)",
    re.MULTILINE,
)  # 定兴县人民政府县长吴鹏
PREMIER_RE = lazy_re(r"国务院(?:代)?总理|(?:代表|受)(?:中华人民共和国)?国务院")
DELIVERED_FOR_RE = lazy_re(
    rf"代表(?P<issuer>{HAN}{{3,30}}?{GOVERNMENT})"
)  # 我代表定兴县人民政府向大会作工作报告
ASSEMBLY_RE = lazy_re(
    rf"(?:在|日|^)(?P<place>(?!在|日){HAN}{{2,24}}?{PLACE_END})(?:第?[一二三四五六七八九十]{{1,4}}届)人民代表大会",
    re.MULTILINE,
)
REPORT_TITLE_RE = lazy_re(
    rf"^(?:\d{{4}}年(?:度)?)?(?P<place>{HAN}{{2,24}}?{PLACE_END})(?:人民)?(?:政府)?(?:\d{{4}}年(?:度)?)?(?:人民)?政府工作报告"
)
OWN_WORK_RE = lazy_re(
    r"(?P<issuer>[\u4e00-\u9fff]{4,24}?)(?:关于)?(?:(?:19|20)\d\d年|“?十[一二三四五]五”?|上半年|第[一二三四]季度)"
)  # 青山县教育局2023年工作要点
AT_ASSEMBLY_RE = lazy_re(r"[—–\-－（( ]{0,6}[\d年月日 ]{0,12}在[^。，\n]{4,60}(?:会议|大会)上")
SPEAKING_RE = lazy_re(
    r"(?P<issuer>[\u4e00-\u9fff]{4,24}?)(?:代)?(?:局长|主任|院长|检察长|部长|厅长|主席)[ \u3000]{0,4}[\u4e00-\u9fff某×]{1,4}(?:[ \u3000][\u4e00-\u9fff某])?"
)  # 青山县财政局局长 李某
OTHER_REPORT_RE = lazy_re(
    r"(?:.{0,6}\d{4}年)?(?:中华人民共和国)?(?P<issuer>国务院(?=政府)|[\u4e00-\u9fff]{1,24}?(?:人民法院|人民检察院|人大常委会|人民代表大会常务委员会|政协委员会|政协常委会|教育局|公安局|财政局))(?:\d{4}年)?.{0,4}工作报告"
)  # 青山县人民法院工作报告, 1985年中华人民共和国国务院政府工作报告
# whose purchase, budget or recruitment a title is about: 青山县教育局…项目竞争性磋商公告
ABOUT_OWN_RE = lazy_re(
    r"(?P<issuer>(?:国家税务总局)?[\u4e00-\u9fff]{2,20}?(?:人民政府|委员会|管委会|[局厅委]))(?=[^关]{2,40}(?:采购|招标|磋商|谈判|询价|中标|成交|预算|决算|招聘|招生|处罚)[^，。]{0,10}$)"
)
# the rules by which a government itself works: 关于印发《青山县人民政府工作规则》的通知
OWN_RULES_RE = lazy_re(
    r"(?:(?:关于)?印发《?)?(?P<issuer>[\u4e00-\u9fff]{2,16}?人民政府)(?:工作|(?:常务|全体)会议议事)规则"
)
OVERVIEW_RE = lazy_re(
    r"(?:第一部分|一、)?[：:、\s]{0,4}(?P<issuer>[\u4e00-\u9fff]{3,24}[局厅委院会室])(?:基本|部门|单位)?概况"
)  # 第一部分：青山县林业局概况
NAMES_PLACE_RE = lazy_re(r"(?:中共)?[\u4e00-\u9fff]{0,8}?(?:自治[县州旗]|[省市县区旗州盟镇乡])")
TORN_NAME_RE = lazy_re(rf"(?:中共)?{HAN}{{2,8}}?(?:自治[县州旗]|[省市县区旗州盟]){HAN}{{2,20}}")
SEVERAL_RE = lazy_re(r"等.{1,4}(?:部门|单位|机关|局|委)")  # 教育部等八部门关于…
OFFICE_RE = lazy_re(
    r"(?<=[局部厅委署院会])(?:办公室|秘书处|综合(?:处|科|股)|人秘(?:股|科))$"
)  # 柳城县教育局办公室
VAGUE_RE = lazy_re(
    r"^(?:各|本|我|全|省|市|县|区|自治区|上述|有关|相关)?(?:人民)?政府$|^(?:省|市|县|区)(?:政府|人民政府|委)$"
)


def issuer_in_title(title: str) -> str | None:
    """Return the body a title begins with.

    >>> issuer_in_title("国务院办公厅关于加强三级公立医院绩效考核工作的意见")
    '国务院办公厅'
    >>> issuer_in_title("关于印发《柳城教育提质振兴三年行动计划（2023-2025）》的通知") is None
    True
    """
    match = TITLE_ISSUER_RE.match(title)
    if match is None or SEVERAL_RE.search(match["issuer"]):
        return None
    return "、".join(split_names(match["issuer"])) or None


def issuer_signed(lines: Sequence[str]) -> str | None:
    """Return the bodies that sign: the lines right above the first line that holds only a date.

    >>> issuer_signed(["请认真学习，按要求推进各项工作。", "柳城县教育局", "2023年3月30日"])
    '柳城县教育局'
    """
    for i, line in enumerate(lines):
        match = DATE_RE.search(line)
        if match is None or len(line) > 60 or line[match.end() :].strip("） )"):
            continue
        signed = split_names(line[: match.start()].strip(" （("))
        if line[: match.start()].strip() and not signed:
            continue
        above = i - 1
        names: list[str] = []
        while not signed and above >= 0 and len(names) < 30 and (row := split_names(lines[above].strip())):
            names = [*row, *names]
            above -= 1
        if (signed or names) and above >= 0:
            return "、".join(dict.fromkeys(signed or names))
    return None


def whole_name(name: str, lines: Sequence[str]) -> str:
    """Return a body's name with the line above it, where its signature was broken over two.

    >>> whole_name("疫情防控指挥部", ["特此通告。", "青山县新型冠状病毒肺炎", "疫情防控指挥部", "2022年1月22日"])
    '青山县新型冠状病毒肺炎疫情防控指挥部'
    """
    if NAMES_PLACE_RE.match(name):
        return name
    for above, line in itertools.pairwise(lines):
        if line == name and TORN_NAME_RE.fullmatch(above) and not is_body(above) and is_body(above + name):
            return above + name
    return name


def issuer_of_letterhead(head: Sequence[str]) -> str | None:
    """Return the body of a letterhead that a decree or an announcement begins with.

    >>> issuer_of_letterhead(["中华人民共和国国务院令", "第712号"]), issuer_of_letterhead(["青山县人民政府令（第5号）"])
    ('国务院', '青山县人民政府')
    """
    for line in head[:3]:
        match = LETTERHEAD_ISSUER_RE.match(re.sub(r"\s+", "", line))
        if match and is_body(name := match["issuer"]):
            return name
    return None


def issuer_of_redhead(head: Sequence[str]) -> tuple[str | None, int]:
    """Return the bodies of a letterhead and how many lines it takes; (None, 0) when there is none.

    It ends in 文件, or in a copy without its red head before the number.

    >>> issuer_of_redhead(["中共青山县委员会", "青山县人民政府", "文件", "青发〔2021〕9号"])
    ('中共青山县委员会、青山县人民政府', 3)
    """
    names: list[str] = []
    for i, line in enumerate(head[:10]):
        bare = re.sub(r"\s+", "", line)
        found = split_names(line.strip().removesuffix("文件").strip()) if bare != "文件" else ()
        names += found
        if bare.endswith("文件"):
            return (
                ("、".join(dict.fromkeys(names)), i + 1) if names and (found or bare == "文件") else (None, 0)
            )
        if not found:
            if names and is_number(line):  # 青山县人民政府办公室 | 青政办发〔2024〕16号
                return "、".join(dict.fromkeys(names)), i
            break
    return None, 0


def issuer_of_report(title: str | None, head: str) -> str | None:
    """Return the government whose work report this is.

    >>> issuer_of_report("2022年定兴县政府工作报告", "定兴县人民政府县长吴鹏\\n各位代表：")
    '定兴县人民政府'
    """
    if title and (other := OTHER_REPORT_RE.fullmatch(title)):
        return other["issuer"]
    if not is_of_government(title):
        return None
    if PREMIER_RE.search(head):
        return "国务院"
    for pattern in (SPEAKER_RE, DELIVERED_FOR_RE):
        match = pattern.search(head)
        if match and not VAGUE_RE.match(match["issuer"]) and match["issuer"].endswith(("人民政府", "委会")):
            return re.sub(r"第.{1,3}届", "", match["issuer"])
    for pattern, where in ((REPORT_TITLE_RE, title or ""), (ASSEMBLY_RE, head)):
        if match := pattern.search(where):
            return match["place"] + "人民政府"
    return None


def issuer_printed(text: str) -> str | None:
    """Return the body behind the office that prints: 柳城县教育局办公室 2023年3月30日印发."""
    matches = list(PRINTED_BY_RE.finditer(text[-600:]))
    if not matches:
        return None
    name = OFFICE_RE.sub("", matches[-1]["issuer"])
    return name if is_body(name) else None


def issuer_of_own_title(title: str) -> str | None:
    """Return the body that a title names before its year: whose own plan or report this is.

    >>> issuer_of_own_title("青山县教育局2023年工作要点")
    '青山县教育局'
    """
    match = OWN_WORK_RE.match(title) or ABOUT_OWN_RE.match(title) or OWN_RULES_RE.match(title)
    return match["issuer"] if match and is_body(match["issuer"]) else None


def issuer_of_own_work(head: Sequence[str]) -> str | None:
    """Return the body whose own report this is by who gives it below its title.

    >>> issuer_of_own_work(["关于2023年预算草案的报告", "青山县财政局局长 李某"])
    '青山县财政局'
    """
    if any(AT_ASSEMBLY_RE.match(line) for line in head[:6]):
        for line in head[1:6]:
            if names := split_names(line):
                return "、".join(names)
    speakers = (
        match["issuer"]
        for line in head[:8]
        if (match := SPEAKING_RE.fullmatch(line) or OVERVIEW_RE.fullmatch(line))
    )
    return next(filter(is_body, speakers), None)


def issuer_speaking(title: str | None, outlet: str | None) -> str | None:
    """Return the body that puts out a piece of its own: named before the ： of its title, and as its source.

    >>> issuer_speaking("听“银”说丨银川市教育局：全面统筹教育配比", "银川市教育局")
    '银川市教育局'
    >>> issuer_speaking("银川市教育局：全面统筹教育配比", "新华网") is None
    True
    """
    names = re.split(r"[|｜丨·—\s]", (title or "").split("：")[0])
    return outlet if outlet and "：" in (title or "") and names[-1] == outlet and is_body(outlet) else None
