"""Who does what is counted, or where and for whom, in front of the deed: 〔县教育局〕培训教师350人次, 〔在城区〕新建学校2所."""

from __future__ import annotations

from pipeline.extract.quantities.front import Front
from pipeline.extract.quantities.openings import strip_opening
from pipeline.extract.quantities.words import word_list, word_set, words_between
from pipeline.lazy_re import lazy_re

# a body, or a kind of body that is told of as all of them or this one; 企业, 学校 alone are the half of a name
_ACTOR_RE = lazy_re(
    r"(?!单位)[^，。；、：\d□■“”（）]{0,14}?(?:局|委|政府|公司|合作社|工作队|机关|部门|(?<=[各关有直属])单位|党组织|党委|党支部|法院|检察院"
    r"|两委|志愿者|民警|干部群众|党员干部|帮扶干部|指挥部|项目部|宣传部|统战部|组织部|专班|大队|派出所|协会|农户|(?<=[县市区镇省])财政)(?=[一-鿿]{4})"
    r"|[县市区][一-鿿]{0,10}?(?:中心|医院)(?=[一-鿿]{4})"
    r"|(?:各|该|本|我|全[县市区镇乡村])[一-鿿]{0,3}?(?:乡镇|街道|社区|学校|中小学|村|镇|乡|县|医院|企业|园区|基地|校|院|站|队)(?=[一-鿿]{4})"
)
_LED_RE = lazy_re(
    r"(?:[在对向与从沿]|依托|围绕|聚焦|结合|利用|根据|按照|面向|针对|发动|动员|组织)(?=[一-鿿]{6})"
)
_LED_BEFORE = ("在", "对", "向", "与", "从", "围绕", "按照", "组织")  # what is stripped as an opening
_ACTING = "nbjrsfla"  # of a tag: what those who act are called by
_PLACES = frozenset("县市区镇乡村省旗")  # to the dictionary of no class
_NO_DEEDS = frozenset(
    [
        "登记",
        "注册",
        "研发",
        "投资",
        "服务",
        "贷款",
        "预算",
        "规划",
        "运行",
        "运营",
        "应用",
        "公立",
        "民办",
        "担任",
        "任职",
        "工作",
        "从事",
        "居住",
    ]
)
_OBJECTS = frozenset(
    ["资金", "债务", "债券", "外资", "内资", "工资", "费用", "税收"]
)  # heads, and things as well
_SHORTEST_OBJECT = 2


def cut_actor(front: Front) -> None:
    """Begin the name at the deed behind who does it, or where it is done."""
    raw, left = front.raw, front.left
    if raw[-1:] == "的":
        return  # of a share: 试点地区公立医疗机构总用量的60%
    is_led = left > 0 and raw.endswith(_LED_BEFORE, 0, left)
    begins = left - 1 if left and raw[left - 1] in "各该本" else left
    actor = _ACTOR_RE.match(raw, begins)
    led = None if actor or is_led else _LED_RE.match(raw, left)
    if not (actor or led or is_led):
        return
    behind = actor.end() if actor else led.end() if led else left + 1
    row = words_between(front.words, front.start + begins, front.start + len(raw))
    for at, word, tag in row:
        begins = at - front.start
        if led and begins < led.end():
            continue
        if len(word) > 1 and (tag == "v" or word in word_set("deeds")):
            rest = raw[begins + len(word) :]
            if begins >= behind and _is_done_to(word, rest):
                front.left = begins
                strip_opening(front)
            return
        is_told = tag[0] in _ACTING and tag != "vn"
        if not (is_told or word in _PLACES or (actor and begins < actor.end())):
            return


def _is_done_to(verb: str, rest: str) -> bool:
    """Say whether a verb is a deed done to what is counted: 培训|教师, but not 投资|总额, 试制|的产品."""
    if verb in _NO_DEEDS or verb in word_set("inner") or len(rest) < _SHORTEST_OBJECT or rest[0] == "的":
        return False
    return rest in _OBJECTS or not rest.endswith(word_list("measure_heads"))
