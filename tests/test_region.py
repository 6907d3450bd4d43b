"""Runs the cases of tests/cases/region, and checks the gazetteer against itself."""

import dataclasses
import json
import random
from collections import Counter
from pathlib import Path

import make_places
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.structure.gazetteer import gazetteer, short_forms
from pipeline.structure.region import find_region
from pipeline.widths import to_print_widths

CASES = Path(__file__).parent / "cases" / "region"
SHARED = Path(__file__).parents[2] / "shared"
NAMES = [row["county"] for row in lexicon.table("regions.csv") if row["county"]]


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


@pytest.mark.parametrize("case", cases("documents"))
def test_a_document_belongs_to_the_place_that_issued_it(case):
    region = find_region(
        case["title"],
        case["issuer"],
        case["outlet"],
        case["text"],
        year=case.get("year"),
        site=case.get("site"),
        doc_number=case.get("doc_number"),
        page_text=case["text"],
    )
    assert (_columns(region) if region else None) == case["expect"]


def _columns(region):
    return {name: value for name, value in dataclasses.asdict(region).items() if name != "reason"}


def _names(region):
    return tuple(n for n in (region.province, region.city, region.county) if n)


def _said_of(issuer):
    return find_region(
        f"{issuer}关于印发工作要点的通知", None, None, f"各学校：\n现将要点印发给你们。\n{issuer}"
    )


def test_every_place_is_found_by_its_own_education_bureau():
    wrong = {}
    for row in lexicon.table("regions.csv"):
        names = tuple(row[level] for level in ("province", "city", "county") if row[level])
        region = _said_of("".join(names) + "教育局")
        if region is None or (region.adcode, _names(region)) != (row["adcode"], names):
            wrong[names] = region
    assert not wrong


def test_a_name_that_one_place_bears_needs_no_parent():
    bearers = Counter(
        row["county"] for row in (*lexicon.table("regions.csv"), *lexicon.table("regions_renamed.csv"))
    )
    rows = [
        row for row in lexicon.table("regions.csv") if bearers[row["county"]] == 1 and len(row["county"]) > 2
    ]
    wrong = {
        row["county"]
        for row in rows
        if (r := _said_of(row["county"] + "教育局")) is None or r.adcode != row["adcode"]
    }
    assert len(rows) > 2500
    assert not wrong


def test_codes_are_unique_and_parents_exist():
    rows = lexicon.table("regions.csv")
    assert max(Counter(row["adcode"] for row in rows).values()) == 1
    provinces = {row["province"] for row in rows if not row["city"] and not row["county"]}
    cities = {(row["province"], row["city"]) for row in rows if row["city"] and not row["county"]}
    assert {row["province"] for row in rows} == provinces
    assert {(row["province"], row["city"]) for row in rows if row["city"]} == cities
    assert len(provinces) == 34


def test_former_places_point_to_places_of_today():
    codes = {row["adcode"] for row in lexicon.table("regions.csv")}
    former = lexicon.table("regions_renamed.csv")
    assert {row["adcode_now"] for row in former} - {""} <= codes
    years = {row["county"]: (row["until"], row["adcode_now"]) for row in former}
    assert years["柳江县"] == ("2016", "450206")
    assert years["满城县"] == ("2015", "130607")
    assert years["塘沽区"] == ("2009", "120116")
    assert years["通县"] == ("1997", "110112")
    assert years["黄岩市"] == ("1994", "331003")


def test_names_given_up_before_1999_are_nobodys_today_and_have_no_short_forms():
    bygone = [row["county"] for row in lexicon.table("regions_renamed.csv") if row["until"] < "1999"]
    in_use = {row["county"] or row["city"] for row in lexicon.table("regions.csv")}
    assert len(bygone) > 400
    assert not in_use & set(bygone)
    assert not [name for name in bygone if any(p.is_bygone for p in gazetteer().short.get(name[:-1], ()))]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("连南瑶族自治县", ("连南", "连南县", "连南自治县")),
        ("巴音郭楞蒙古自治州", ("巴音郭楞", "巴音郭楞州", "巴音郭楞自治州")),
        ("环江毛南族自治县", ("环江", "环江县", "环江自治县")),
        ("神农架林区", ("神农架",)),
        ("广西壮族自治区", ("广西", "广西区", "广西自治区")),
        ("乾县", ()),
    ],
)
def test_short_forms_are_what_people_say(name, forms):
    assert short_forms(name) == forms


def test_names_are_found_leftmost_and_longest():
    found = gazetteer().find_names("高唐县、米易县和北京市海淀区、雄安新区")
    assert [n.text for n in found if n.places] == ["高唐县", "米易县", "北京市", "海淀区"]


def test_an_address_helps_where_the_text_is_silent():
    assert find_region(None, None, None, "各位代表：", "file:///reports/定兴县_2022.txt").adcode == "130626"


@given(st.lists(st.sampled_from(NAMES), min_size=6, max_size=12, unique=True))
def test_a_list_of_places_is_no_evidence(names):
    assert find_region("关于印发方案的通知", None, None, "| ".join(names)) is None


N_PLACES, LEAST_RIGHT = 110, 0.99


def test_invented_pages_lead_to_their_places_and_never_to_another():
    chance = random.Random(2023)
    table = lexicon.table("regions.csv")
    places = make_places.rows(N_PLACES, 2023)
    cities = [row for row in table if row["city"] and not row["county"]]
    pages = [(row["adcode"], page) for row in places for page in make_places.pages(row, chance)]
    for row in chance.sample(cities, 30):
        districts = [
            r["county"]
            for r in table
            if (r["province"], r["city"]) == (row["province"], row["city"]) and r["county"]
        ]
        if len(districts) > 1:
            pages += [(row["adcode"], page) for page in make_places.city_pages(row, districts, chance)]
    pages += [(None, page) for row in places if row["county"] for page in make_places.pages_of_nobody(row)]
    n_right, wrong = 0, []
    for adcode, (shape, *page) in pages:
        region = find_region(*page)
        found = region.adcode if region else None
        n_right += found == adcode
        # a place above the right one, or none, leaves a gap; another place would be a lie
        if found is not None and found != adcode and not (adcode or "").startswith(found.rstrip("0")):
            wrong.append((shape, adcode, found))
    assert not wrong
    assert n_right >= LEAST_RIGHT * len(pages)


@pytest.mark.parametrize(
    ("year", "county"), [(2003, "清苑县"), (2014, "清苑县"), (2020, "清苑区"), (None, "清苑区")]
)
def test_the_year_says_what_a_place_was_called(year, county):
    text = "各位代表：我代表县人民政府报告工作。保定市清苑地处平原，清苑人民奋力拼搏。" + "清苑发展。" * 6
    region = find_region("清苑政府工作报告", None, None, text, year=year)
    assert (region.county, region.adcode) == (county, "130608")


def test_a_host_says_which_of_several_places_is_meant_but_proves_nothing_alone():
    text = "鼓楼区召开教育工作推进会，鼓楼区各学校校长参加会议。鼓楼区将新建学校。"
    title = "鼓楼区召开教育工作推进会"
    assert find_region(title, None, None, text) is None
    region = find_region(title, None, None, text, "http://www.nanjing.gov.cn/a.html")
    assert (region.city, region.county) == ("南京市", "鼓楼区")
    assert (
        find_region("教育工作推进会", None, None, "会议召开。", "http://www.liucheng.gov.cn/a.html") is None
    )


def test_a_school_of_the_city_stays_with_the_city_whatever_counties_it_takes_pupils_from():
    text = "柳州市第一中学2023年招生简章\n柳州市第一中学面向柳城县、鹿寨县招生，柳城县计划20人。"
    region = find_region("柳州市第一中学2023年招生简章", None, None, text)
    assert (region.city, region.county) == ("柳州市", None)


def test_the_reason_names_the_mentions_that_decided():
    region = find_region(
        "柳城县教育局关于做好招生工作的通知", "柳城县教育局", None, "柳城县教育局\n2023年3月30日"
    )
    assert region.reason == "title: 柳城县; issuer: 柳城县教育局; text: 柳城县教育局"


WORDS = (
    "维护社会安定团结", "天下大同", "开通绿色通道", "平原造林", "资源县域统筹", "推进县委和县政府工作", "培育专业合作市场", "富县强镇", "新城区改造和老城区更新",
    "兴国之策", "镇安全检查", "凤凰涅槃", "武功山旅游", "沙县小吃", "万年基业", "建成县城污水厂", "副县长和代县长讲话",
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_words_that_hold_a_name_are_no_place(words):
    ours = "我县坚持全县一盘棋，我县各部门齐抓共管，我县群众满意。"
    text = f"{words}。" * 3 + ours + f"{words}，全面推进。抓好{words}工作。" * 3
    for title in (None, words, f"关于{words}的通知"):
        assert find_region(title, None, None, text) is None


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text):
    find_region(text[:20], None, None, text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the development corpora beside the checkout")
@pytest.mark.parametrize("with_title", [True, False])
def test_county_reports_belong_to_the_county_of_their_file_name(with_title):
    wrong = []
    for path in sorted((SHARED / "corpora" / "county_reports").glob("*.txt")):
        text = to_print_widths(path.read_text(encoding="utf-8").replace("\\r\\n", "\n"))
        lines = [line for line in text.splitlines() if line.strip()]
        title = lines[1] if with_title and lines[0].startswith("工作报告") else None
        region = find_region(title, None, None, text if with_title else "\n".join(lines[2:]))
        if region is None or region.adcode != path.name[:6]:
            wrong.append(path.name)
    assert not wrong


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the development corpora beside the checkout")
def test_national_reports_belong_to_no_place():
    lines = (SHARED / "corpora" / "government_work_reports.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [json.loads(line) for line in lines]
    assert not [r["title"] for r in reports if find_region(r["title"], None, None, r["content"]) is not None]
