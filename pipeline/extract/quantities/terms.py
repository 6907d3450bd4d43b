"""Spans of time named by a deed: within how long it is due (20个工作日内完成审核), how long it went on (连续三年获评), or is barred (三年内不得申报)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.front import change_of
from pipeline.extract.quantities.governing import Before, words_before
from pipeline.extract.quantities.norms import DEADLINES
from pipeline.extract.quantities.refusals import DUTIES
from pipeline.extract.quantities.words import word_list, words_between
from pipeline.lazy_re import lazy_re

_DUTY_RE = lazy_re(rf"(?:不间断|不打烊|轮流|全天候)?(?:{DUTIES}|在线|开放|营业|服务|畅通)")
_TERM_FRONT_RE = lazy_re(r"(?:^|.*(?:应当?|必须|须|在|于|之日起|日起|[之以]?后|当日|□)|并|需)\s?(?:的)?$")
_DEED_RE = lazy_re(
    r"(?:[之以]?内)?(?:须|应当?|要|必须|一次性|及时|负责|依法|予以){0,2}"
    r"(?P<deed>[一-鿿、“”]{1,13}[一-鿿”])(?=[，。；！（\n\[]|、\s?\d|的?\Z)"
)
_BODY_RE = lazy_re(
    r"[局委办院会部所厅站室]$|(?:政府|单位|部门|企业|机构|学校|公司|镇|街道|办事处|人员?|者|队伍?|干部|民警)$"
)
_VERBS = "vad"  # of a tag: what can begin a deed
_LIGHT = frozenset({"完成", "进行", "得到", "作出", "做出", "给予", "实现"})
_VOWED_RE = lazy_re(r"(?:实行|做到|要求|承诺|确保|力争)$")
_LONGEST_SUBJECT = 10
_OWED_RE = lazy_re(
    r"(?P<what>[一-鿿]{0,4}(?:款|款项|资金|费|费用|租金|价款|贷款|债务|欠款|工资))(?:应|须|需|可|一律|必须)?在?$"
)
_PAID_UP_RE = lazy_re(
    r"(?:之内|以内|内)(?:分[期批次年])?(?:全部|一次性|足额)?(?P<verb>付清|缴清|还清|交清|补足|缴足|结清|兑付|返还|偿还|付完|补齐|(?:拨付|支付|兑现)?到位|(?:拨付|支付)完毕)"
)
_STREAK_RE = lazy_re(r"(?:^|(?P<what>[^，。；：、□]{2,16}?))(?:已|被[^，。；]{2,8})?连续$")
_STREAK_DEED_RE = lazy_re(
    r"度?(?P<deed>(?:[^，。；！：、\d□的一\[]|第一){2,24})(?=的?(?:[，。；！\n\[]|\Z)|的(?!基础)[一-鿿]{2,10}(?:[，。；！\n\[]|\Z))"
)
_SHORT_DEED = 4  # characters that can do without a name of their own: 粮食〔丰收〕
_TURNS = frozenset({"攀升", "增产", "向好", "下滑", "走高", "位居前列"})
_LEAVE_RE = lazy_re(r"(?P<what>放假(?:调休|公休)?|休假|调休)，?共$")  # 〔放假调休〕，共7天
_ON_AND_ON_RE = lazy_re(r"连续(?P<deed>发放|补助|补贴|奖励|奖补|扶持|支持|资助|享受|给予|兑现|兑付)$")
_LET_OFF = "免[征缴收交]|减征|减半征收|缓缴"
_BARRED_RE = lazy_re(
    rf"之?内(?:一律|均|也|都|将|原则上)?(?:继续|全额)?(?P<deed>(?:不得|不予|不再|不能|不准|不享受|取消|暂停|停止|禁止|限制|剥夺|{_LET_OFF})[^，。；：\d\n]{{2,24}}?)(?=[，。；！\n\[]|并|\Z)"
)
_BARRED_BEFORE_RE = lazy_re(rf"(?P<verb>取消|暂停|停止|限制|禁止|{_LET_OFF})(?:其|该[一-鿿]{{0,4}})?$")
_BARRED_RIGHT_RE = lazy_re(r"的?(?P<what>[^，。；：\d\n]{0,12}资格|[^，。；：\d\n的]{1,10}[税费金])")


def told_term(clause: Clause, group: list[Found]) -> tuple[Naming, list[Found]] | None:
    """Return the name of a span that is told outright as one, and the span as it is meant: a bar holds all of 三年内."""
    found = group[0]
    if len(group) > 1:
        return None
    at, behind = found.start - clause.offset, found.unit_end - clause.offset
    naming: Naming | None
    if clause.line.endswith("连续", 0, at):
        naming = of_a_streak(clause, found)
    elif found.kind != "time":
        return None
    elif clause.line.endswith("共", 0, at) and (leave := _LEAVE_RE.search(clause.line, max(0, at - 12), at)):
        start = clause.offset + leave.start()
        naming = Naming((leave["what"],), start, found.end, status="requirement")
    elif naming := _of_a_bar(clause, found):
        return naming, [replace(found, amount=replace(found.amount, comparator="="))]
    elif "连续" in clause.line[max(0, at - 4) : at]:
        naming = _of_a_course(clause, found)
    else:
        naming = _of_a_payment(clause, found) if clause.line[behind : behind + 1] in "之以内" else None
    return (naming, group) if naming else None


def of_a_deadline(clause: Clause, group: list[Found], before: Before, carried: Carried) -> Naming | None:
    """Return the name of a deadline by what is to be done within it: 应当在20个工作日内〔完成审核〕, 〔诉求〕5日内〔办结〕."""
    found, text = group[0], clause.words.text
    if found.amount.comparator != "<=" or len(group) > 1:
        return None
    deed = _DEED_RE.match(text, found.end, clause.right)
    if deed is None:
        return None
    rows = words_between(clause.words, deed.start("deed"), deed.end("deed"))
    if not rows or rows[0][2][0] not in _VERBS:  # 予以公开
        return None
    front = clause.blanked(clause.left, found.start)
    is_next = front == "、" and clause.left == carried.end  # 1日内回应、〔5日内解决〕
    if not is_next and _TERM_FRONT_RE.match(front):
        carried.due = ""
        return Naming((deed["deed"],), found.start, deed.end())
    if not is_next:
        carried.due = _whose(clause, found, before)
    if not carried.due:
        is_of_a_body = _BODY_RE.search(text, before.start, before.end) and found.amount.unit in DEADLINES
        return Naming((deed["deed"],), found.start, deed.end()) if is_next or is_of_a_body else None
    verbs = [word for _, word, tag in rows if tag[0] == "v" and word not in _LIGHT]
    name = carried.due + (verbs[0] if verbs and len(verbs[0]) > 1 else deed["deed"])
    return Naming((name,), found.start if is_next else before.start, deed.end())


def _whose(clause: Clause, found: Found, before: Before) -> str:
    """Return what a deadline is for, where a thing stands before it and no body: 〔不动产登记〕5个工作日内办结."""
    name = _VOWED_RE.sub("", clause.words.text[before.start : before.end])
    is_thing = 2 <= len(name) <= _LONGEST_SUBJECT and "、" not in name and not _BODY_RE.search(name)
    if not is_thing or found.amount.unit not in DEADLINES or name.endswith(word_list("measure_heads")):
        return ""
    return "" if "□" in clause.blanked(before.start, before.end) else name


def _of_a_payment(clause: Clause, found: Found) -> Naming | None:
    """Return the name of the years in which a sum is paid off: 余款在3年内〔付清〕."""
    paid = _PAID_UP_RE.match(clause.words.text, found.unit_end, clause.right)
    what = _OWED_RE.search(clause.blanked(clause.left, found.start)) if paid else None
    if paid is None or what is None:
        return None
    return Naming(
        (what["what"] + paid["verb"],), clause.left + what.start(), paid.end(), status="requirement"
    )


def _of_a_bar(clause: Clause, found: Found) -> Naming | None:
    """Return the name of how long something is barred or let off: 三年内〔不得申报〕, 〔取消〕两年〔评优资格〕, 五年内〔免征房产税〕."""
    text = clause.words.text
    if barred := _BARRED_RE.match(text, found.unit_end, clause.right):
        return Naming((barred["deed"],), found.number, barred.end(), status="requirement")
    before = _BARRED_BEFORE_RE.search(clause.blanked(clause.left, found.start))
    right = _BARRED_RIGHT_RE.match(text, found.end, clause.right) if before else None
    if before is None or right is None:
        return None
    name = before["verb"] + right["what"]
    return Naming((name,), clause.left + before.start(), right.end(), status="requirement")


def of_all_day(clause: Clause, group: list[Found]) -> Naming | None:
    """Return the name of what goes on all day long: 24小时〔值班〕和领导带班制度."""
    found = group[0]
    if found.amount.value != 24 or found.amount.unit != "小时" or found.amount.comparator != "=":
        return None
    duty = _DUTY_RE.match(clause.words.text, found.end, clause.right)
    return Naming((duty.group(),), found.start, duty.end()) if duty else None


def of_a_streak(clause: Clause, found: Found) -> Naming | None:
    """Return the name of a run of years or times by what went on in it: 高考成绩连续21年攀升, 连续两次〔排名末位〕的."""
    if found.kind not in ("time", "times") or found.amount.comparator != "=":
        return None
    before = _STREAK_RE.search(clause.blanked(clause.left, found.start))
    deed = _STREAK_DEED_RE.match(clause.words.text, found.end, clause.right) if before else None
    if before is None or deed is None:
        return None
    start = clause.left + before.start()
    status = "requirement" if clause.words.text.startswith("的", deed.end()) else None  # who is meant
    what = ""
    if before["what"]:  # 〔全县〕高考成绩
        named = words_before(
            clause.words, clause.line, clause.offset, start, clause.left + before.end("what")
        )
        start, what = named.start, clause.words.text[named.start : named.end]
    if not what or len(deed["deed"]) > _SHORT_DEED:
        return Naming((deed["deed"],), start, deed.end(), status=status)
    turns = change_of(deed["deed"]) is not None or deed["deed"] in _TURNS
    return Naming((what if turns else what + deed["deed"],), start, deed.end(), status=status)


def _of_a_course(clause: Clause, found: Found) -> Naming | None:
    """Return the name of how long something is given on and on: 津贴连续〔发放〕五年."""
    given = _ON_AND_ON_RE.search(clause.blanked(clause.left, found.start))
    if given is None:
        return None
    return Naming((given["deed"],), clause.left + given.start(), found.end, status="requirement")
