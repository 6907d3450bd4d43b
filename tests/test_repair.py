"""Every repair undoes its damage and leaves good text alone."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import jieba
import pytest
from effort import takes_linear_time
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.characters import load_model
from pipeline.decode import decode
from pipeline.edits import TracedText
from pipeline.errors import DecodeError
from pipeline.repair import REPAIRS, repair_text
from pipeline.repair import _edits as edits_by_signs
from pipeline.repair.byte_paths import stretches
from pipeline.repair.byte_search import ByteSearch, may_leave_print
from pipeline.repair.byte_units import to_units
from pipeline.repair.page_model import PageModel
from pipeline.repair.signs import Signs

sys.path.insert(0, str(Path(__file__).parent))
import damage

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases" / "repair"
SHARED = HERE.parent.parent / "shared"
FUNCTIONS = dict(REPAIRS)
# signs of damage of many kinds, to be thrown together
SCRAPS = ["學?；鶎狱h組織", "優(yōu)質(zhì)均衡發(fā)展", "域?qū)W科", "95%??h域", "??", "?", "；", "！", "\ue422", "Ｒ", "&&", "舞&", " ", "\n",
          "政 府 工 作 报 告", "开展 一次", "。 推动", "２０２５年", "\u200b", "\\r\\n", "&nbsp;", "四个强化", "国产精品无码久久婷婷", "(guī)",
          "鏁欒偛", "½ÌÓý", "æ•™è‚²", "\\u6559", "%E6%95%99%E8%82%B2", "&#25945;", "⼀", "ka", "1", "，"]  # fmt: skip


def load_cases(files: tuple[str, ...] = (), kinds: tuple[str, ...] = ()) -> list[object]:
    """Return cases (all, or of some files and kinds) as pytest parameters; a known failure must fail."""
    found = []
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            if (files and path.stem not in files) or (kinds and case["kind"] not in kinds):
                continue
            marks = [pytest.mark.xfail(strict=True)] if case["kind"] == "known_failure" else []
            found.append(pytest.param(path.stem, case, id=f"{path.stem}: {case['label']}", marks=marks))
    return found


@pytest.mark.parametrize(("kind", "case"), load_cases())
def test_case(kind: str, case: dict[str, str]) -> None:
    traced = TracedText(case["text"])
    assert traced.edited(FUNCTIONS[kind](traced.text), kind=kind).text == case["expect"]


@pytest.mark.parametrize(
    ("kind", "case"),
    load_cases(files=("pinyin_notes", "gbk_bytes_shifted", "stray_spaces"), kinds=("negative",)),
)
def test_good_text_is_nothing_to_the_other_repairs_either(kind: str, case: dict[str, str]) -> None:
    for other in (
        "pinyin_notes",
        "gbk_bytes_shifted",
        "utf8_read_as_gbk",
        "doubled_document",
        "injected_spam",
    ):
        assert FUNCTIONS[other](case["text"]) == []


def test_every_repair_has_cases_with_a_negative_one() -> None:
    for kind, _ in REPAIRS:
        kinds = {case["kind"] for case in json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))}
        assert "negative" in kinds, kind


def test_every_word_of_jiebas_dictionary_passes_unchanged() -> None:
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        words = "\n".join(line.split(" ")[0] for line in lines)
    assert repair_text(TracedText(words)).repairs() == ()


def test_the_simulator_prints_what_the_mirror_prints() -> None:
    printed = {
        "學校基層黨組織": "學?；鶎狱h組織",
        "學校“一校一案”德育工作體系": "學?！耙恍Ｒ话浮钡掠\ue422ぷ黧w系",
        "立校”項目": "立?！表椖?",
        "校科學": "校?茖W".replace("校?", "?？"),
        "區域學科": "區(qū)域?qū)W科",
    }
    for clean, damaged in printed.items():
        assert damage.mirror(clean) == damaged
    assert damage.mirror("校。縣教研室", marks="？") == "校?？h教研室"
    assert damage.mirror("規模化應用，", noted="", marks="；，") == "規?；瘧\ue032?，"
    assert damage.mirror("日報", noted="報請") == "日?qǐng)?bào)"
    assert damage.mirror("擇校現象", noted="現", marks="，") == "擇?，F(xiàn)象"


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="needs ../shared/seeds")
def test_seed_002_is_repaired_to_its_own_words() -> None:
    (path,) = (SHARED / "seeds").glob("002_*.txt")
    repaired = repair_text(TracedText(path.read_text(encoding="utf-8"))).text
    assert repaired.count("加強學校基層黨組織標準化規范化建設") == 1
    assert "建立學校“一校一案”德育工作體系" in repaired
    assert "資源規模化應用" in repaired
    assert "區域學科帶頭人" in repaired
    assert "“名校”各一所，打造本地優秀課程資源" in repaired
    assert "(PPP)" in repaired
    assert "?" not in repaired
    assert "遵义县" not in repaired


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="needs ../shared/seeds")
@pytest.mark.parametrize("seed", ["000", "001", "004"])
def test_seeds_without_damage_pass_unchanged(seed: str) -> None:
    (path,) = (SHARED / "seeds").glob(f"{seed}_*.txt")
    found = repair_text(TracedText(path.read_text(encoding="utf-8"))).repairs()
    assert {repair.kind for repair in found} <= {
        "invisible_characters"
    }  # no-break spaces in their navigation


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="needs ../shared/corpora")
def test_clean_reports_have_no_damage_found_in_them() -> None:
    quiet = {
        "invisible_characters",
        "lost_spaces",
        "stray_spaces",
        "full_width_forms",
    }  # these pages do have such
    for path in sorted((SHARED / "corpora" / "county_reports").glob("*_20[12]*.txt"))[::4]:
        text = path.read_text(encoding="utf-8")
        assert [r for r in repair_text(TracedText(text)).repairs() if r.kind not in quiet] == [], path.name


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="needs ../shared/corpora")
def test_nearly_all_simulated_damage_is_undone() -> None:
    opencc = pytest.importorskip("opencc")
    (path,) = (SHARED / "corpora" / "county_reports").glob("*容城_2015.txt")
    text = path.read_text(encoding="utf-8").replace("\\r\\n", "\n").replace(" ", "").replace("?", "")
    clean = damage.mirror(opencc.OpenCC("s2t").convert(text), noted="", marks="")
    damaged = damage.mirror(clean)
    repaired = repair_text(TracedText(damaged)).text
    assert damage.n_wrong(clean, damaged) > 1000
    assert damage.n_wrong(clean, repaired) <= 0.003 * damage.n_wrong(clean, damaged)


PLAN = """为夯实教育基础，县政府决定实施三年行动计划，现将有关事项通知如下。
一、加强学校党组织建设，落实立德树人根本任务，建立4个工作专班，单周查、双周督、月调度。
二、全年投入资金1.25亿元，新建幼儿园12所，学前教育毛入园率达到92.5%，公办园在园幼儿占比超过60%。
三、推进义务教育优质均衡发展，完善教师培训制度，每所学校配备心理健康教师，保障学生每天体育活动时间。
各乡镇人民政府要高度重视，明确责任分工，确保各项工作落到实处。"""
MISREADINGS = [
    ("utf-8", "gbk", "kept", 0.98),
    ("utf-8", "gbk", "U+FFFD", 0.96),
    ("utf-8", "pairs gb18030", "U+FFFD", 0.97),
    ("big5", "pairs gb18030", "U+FFFD", 0.98),
    ("utf-8", "pairs gbk", "U+FFFD", 0.94),
    ("utf-8", "pairs gbk", "?", 0.9),
    ("utf-8", "latin1", "U+FFFD", 0.999),
    ("utf-8", "cp1252", "kept", 0.999),
    ("utf-8", "cp1252", "?", 0.98),
    ("utf-8", "cp1252", "dropped", 0.95),
    ("gb18030", "latin1", "U+FFFD", 0.999),
    ("gb18030", "big5", "U+FFFD", 0.96),
    ("gb18030", "pairs big5hkscs", "U+FFFD", 0.94),
    ("gb18030", "pairs big5hkscs", "dropped", 0.94),
    ("big5", "gbk", "kept", 0.98),
    ("big5", "latin1", "U+FFFD", 0.98),
]


@pytest.mark.parametrize(("right", "wrong", "lost", "floor"), MISREADINGS)
@pytest.mark.parametrize("part", ["page", "paragraph"])
def test_a_page_or_paragraph_read_under_a_wrong_encoding_is_read_again(
    right: str, wrong: str, lost: str, floor: float, part: str
) -> None:
    clean = pytest.importorskip("opencc").OpenCC("s2t").convert(PLAN) if right == "big5" else PLAN
    lines = clean.split("\n")
    struck = [damage.misread(line, right, wrong, lost) for line in lines]
    if part == "paragraph":
        struck = [
            bad if number == 2 else good for number, (bad, good) in enumerate(zip(struck, lines, strict=True))
        ]
    repaired = repair_text(TracedText("\n".join(struck))).text
    n_struck = len(clean) if part == "page" else len(lines[2])
    assert damage.n_wrong(clean, repaired) <= max((1 - floor) * n_struck, 3 if lost != "kept" else 0)


def test_no_digit_is_made_up_where_bytes_were_lost() -> None:
    for right, wrong in (
        ("utf-8", "swallowing gbk"),
        ("gb18030", "swallowing big5hkscs"),
        ("utf-8", "pairs gbk"),
    ):
        struck = damage.misread(PLAN, right, wrong, "?")
        digits = [char for char in repair_text(TracedText(struck)).text if char.isdigit()]
        assert digits == [char for char in struck if char.isdigit()]


def test_a_sign_that_may_have_swallowed_a_digit_stays_visible() -> None:
    printed = damage.misread("2019年12月25日起实施教育规划", "utf-8", "swallowing gbk", "?")
    assert repair_text(TracedText(printed)).text.startswith("2019年?2月?5日起")


@pytest.mark.parametrize(
    "scrap",
    [
        "鏁欒偛?",
        "提升學?；鶎狱h組織建設水平",
        "域?qū)W",
        "規(guī)",
        "½ÌÓý",
        "侐跺ッ趙獄妗",
        "鏁\ufffd欒",
        "台&",
        "？；",
    ],
)
def test_hostile_pages_take_linear_time(scrap: str) -> None:
    n_bytes = len(scrap.encode())
    assert takes_linear_time(lambda size: repair_text(TracedText(scrap * (size // n_bytes))), 12_500)


def test_a_joined_line_of_gaps_that_are_no_breaks_takes_linear_time() -> None:
    plan = "一、目标 建立机制。 二、任务 推进改革。 三、保障 加强领导。 "
    assert takes_linear_time(lambda n_gaps: repair_text(TracedText(plan + "改革 " * n_gaps)), 4_000)


def test_a_textbook_with_notes_in_one_lesson_is_left_alone() -> None:
    lesson = "\n".join(
        ("驅(qū)逐舰驶出港口，規(guī)則必须遵守，發(fā)現了新的岛屿。", "他们發現這一帶沒有人居住。" * 3)
    )
    assert repair_text(TracedText(lesson)).repairs() == ()


LINES = ["坚持以立德树人为根本任务，构建德育工作体系，在校园\n", "文化的内涵指引下，制定德育工作发展规划和年度常规工\n",
         "- 3 -\n", "第3页\n", "\uf0b7", "\r\n", "県", "亚洲婷婷狠狠", "av在线", "。"]  # fmt: skip


@given(st.lists(st.sampled_from([*SCRAPS, *LINES]), max_size=24).map("".join))
@settings(deadline=None, max_examples=300)
def test_what_shows_no_sign_has_nothing_to_repair_and_lines_with_signs_have_all(text: str) -> None:
    traced, signs = TracedText(text), Signs(text)
    for kind, repair in REPAIRS:
        by_signs = [] if kind in signs.missing else edits_by_signs(traced, kind, repair, signs)
        assert traced.edited(by_signs, kind=kind).text == traced.edited(repair(text), kind=kind).text, kind


@given(st.lists(st.sampled_from([*SCRAPS, "縣", "h", "教育", "王"]), max_size=12).map("".join), st.booleans())
@settings(deadline=None, max_examples=200)
def test_what_no_reading_may_leave_no_reading_leaves(text: str, drops: bool) -> None:
    units = to_units(text)
    search = ByteSearch(PageModel(load_model(), text, re.compile("x")), drops=drops)
    reading = search.best(units)
    assert may_leave_print(units) or reading is None or not stretches(reading)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS) | st.text(max_size=6), max_size=14).map("".join))
def test_repairing_never_fails_and_twice_is_once(text: str) -> None:
    once = repair_text(TracedText(text))
    assert repair_text(TracedText(once.text)).text == once.text
    for repair in once.repairs():
        assert 0 < repair.confidence <= 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80))
def test_decode_gives_text_or_a_decode_error(raw: bytes) -> None:
    try:
        found = decode(raw)
    except DecodeError:
        return
    assert found.reason
    assert found.encoding
    assert found.text.encode("utf-8").decode("utf-8") == found.text  # a half of a surrogate pair stops here
    assert len(found.text) <= len(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("declared", [None, "gb2312", "utf-8", "big5", "no such charset"])
def test_decode_finds_the_encoding_whatever_is_declared(encoding: str, declared: str | None) -> None:
    text = "一是强化组织领导。4个工作专班,单周查、双周督、月调度。"
    assert decode(text.encode(encoding), declared).text == text


@pytest.mark.parametrize("word", ["农业", "实施", "系统"])
def test_decode_reads_short_gbk_words_that_are_utf8_too(word: str) -> None:
    assert decode(word.encode("gb18030"), "utf-8").text == word


def test_decode_reads_big5() -> None:
    text = "建立健全學校法律顧問制度，完善師生權益保障和救濟機制"
    assert decode(text.encode("big5"), "gb2312").text == text


def test_a_damaged_byte_never_becomes_digits() -> None:
    raw = "强化党的领导，落实立德树人根本任务，推进教育高质量发展".encode("gb18030") * 3
    found = decode(raw[:6] + b"\xff" + raw[6:20] + b"\x84 " + raw[20:], "gbk")
    assert not any(char.isdigit() for char in found.text)
    assert "\ufffd" in found.text
    assert "U+FFFD" in found.reason


def test_decode_refuses_pictures() -> None:
    with pytest.raises(DecodeError):
        decode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def test_the_model_counts_traditional_and_simplified_as_one() -> None:
    model = load_model()
    assert model.score("義務教育優質均衡發展") == model.score("义务教育优质均衡发展")
    assert model.score("义务教育") == pytest.approx(sum(model.prices("义务教育")))
    ids = [0, 0, *map(model.number, "义务教育")]
    assert model.score("义务教育") == pytest.approx(sum(map(model.after, ids, ids[1:], ids[2:])), abs=1e-6)
