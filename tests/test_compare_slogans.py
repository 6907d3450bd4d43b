"""Slogans: first use, members side by side, families."""

import json
from pathlib import Path

import pandas as pd
import pytest
from invented_tables import invented, report

from pipeline.compare import compare_slogan_families, compare_slogan_members, compare_slogans
from pipeline.compare.slogans import family_of

CASES = Path(__file__).parent / "cases" / "compare"
FAMILIES = json.loads((CASES / "families.json").read_text(encoding="utf-8"))
MEMBER_LISTS = json.loads((CASES / "member_lists.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", FAMILIES, ids=lambda c: c["label"])
def test_families(case):
    assert family_of(case["text"], case["slogan_kind"]) == case["expect"]


@pytest.mark.parametrize("case", MEMBER_LISTS, ids=lambda c: c["label"])
def test_members_in_common(case):
    documents = [report("a", "甲县", 2020), report("b", "乙县", 2021)]
    lists = case["text"].split("｜")
    slogans = [
        {"doc_id": d, "label": "四个强化", "items": some.split("、")}
        for d, some in zip("ab", lists, strict=True)
    ]
    tables = invented(documents, slogans=slogans)
    uses, members = compare_slogans(tables), compare_slogan_members(tables)
    assert uses["members_in_common"].tolist() == [pytest.approx(case["expect"])] * 2
    assert members["same_as_first"].tolist()[-1] == pytest.approx(case["expect"])
    n_shared, n_members = len(members["members_in_first"].iloc[-1]), len(members["members"].iloc[-1])
    assert (n_shared == n_members) == (case["expect"] == 1)
    assert bool(n_shared) == (case["expect"] > 0)


def test_uses_stand_beside_what_was_read_of_the_group():
    documents = [
        report("a", "甲县", 2019, n_chars=4_000),
        report("b", "甲县", 2020, n_chars=6_000),
        report("c", "乙县", 2020, n_chars=2_500),
    ]
    slogans = [{"doc_id": d, "label": "四个强化"} for d in ("b", "b", "c")]
    tables = invented(documents, slogans=slogans)
    for got in (compare_slogans(tables), compare_slogan_families(tables)):
        assert got.set_index("group")["uses_per_10k_chars"].to_dict() == {"甲县": 2.0, "乙县": 4.0}
    got = compare_slogans(tables).set_index("group")
    assert got["n_documents_read"].to_dict() == {"甲县": 2, "乙县": 1}
    assert got["first_year_read"].to_dict() == {"甲县": 2019, "乙县": 2020}


def test_first_use_order_and_delay():
    documents = [
        report("a", "甲县", 2020),
        report("b", "乙县", 2020, publish_date="2020-03-01"),
        report("c", "丙县", 2022),
    ]
    slogans = [{"doc_id": d, "label": "四个强化"} for d in ("a", "a", "b", "c")]
    got = compare_slogans(invented(documents, slogans=slogans)).set_index("group")
    assert got["order"].to_dict() == {"甲县": 1, "乙县": 2, "丙县": 3}
    assert got["is_origin"].to_dict() == {"甲县": True, "乙县": False, "丙县": False}
    assert got["years_after_origin"].to_dict() == {"甲县": 0, "乙县": 0, "丙县": 2}
    assert got.loc["甲县", "slogan_ids"] == ["a.s000", "a.s001"]


def test_marks_inside_a_slogan_make_no_other_slogan():
    documents = [report("a", "甲县", 2020), report("b", "乙县", 2021), report("c", "丙县", 2022)]
    labels = ("两不愁、三保障", "两不愁三保障", "两不愁三保障")
    slogans = [{"doc_id": d, "label": label} for d, label in zip("abc", labels, strict=True)]
    got = compare_slogans(invented(documents, slogans=slogans)).set_index("group")
    assert set(got["label"]) == {"两不愁三保障"}
    assert got["order"].to_dict() == {"甲县": 1, "乙县": 2, "丙县": 3}


def test_one_label_for_different_things_is_told_by_the_members():
    documents = [report("a", "甲县", 2020), report("b", "乙县", 2021), report("c", "丙县", 2022)]
    members = {"a": ["名医", "名院"], "b": ["名校长", "名师"], "c": []}
    slogans = [{"doc_id": d, "label": "三名", "items": items} for d, items in members.items()]
    slogans += [{"doc_id": d, "label": "六保", "items": ["保就业", "保民生"]} for d in "ab"]
    got = compare_slogans(invented(documents, slogans=slogans)).set_index(["label", "group"])[
        "members_in_common"
    ]
    assert got.loc["三名"].dropna().to_dict() == {"甲县": 0.0, "乙县": 0.0}
    assert got.loc["六保"].to_dict() == {"甲县": 1.0, "乙县": 1.0}


def test_equal_dates_share_the_origin_and_no_date_has_none():
    documents = [
        report("a", "甲县", 2020),
        report("b", "乙县", 2020),
        report("c", "丙县", 2020, title="丙县的做法", publish_date=None, doc_type="其他"),
    ]
    got = compare_slogans(
        invented(documents, slogans=[{"doc_id": d, "label": "双减"} for d in "abc"])
    ).set_index("group")
    assert got.loc[["甲县", "乙县"], "is_origin"].tolist() == [True, True]
    assert got.loc["丙县", ["is_origin", "order"]].isna().all()


def test_a_group_known_to_the_year_alone_takes_no_origin_from_a_dated_one():
    documents = [
        report("a", "甲县", 2020, publish_date=None),
        report("b", "乙县", 2020, publish_date="2020-01-09"),
        report("c", "丙县", 2020, publish_date="2020-01-20"),
    ]
    got = compare_slogans(
        invented(documents, slogans=[{"doc_id": d, "label": "双减"} for d in "abc"])
    ).set_index("group")
    assert bool(got.loc["乙县", "is_origin"])
    assert got.loc["乙县", "order"] == 1
    assert pd.isna(got.loc["甲县", "is_origin"])
    assert got.loc["甲县", "order"] == 1
    assert not got.loc["丙县", "is_origin"]
    assert got.loc["丙县", "order"] == 3


def test_one_label_with_different_members_side_by_side():
    slogans = [
        {"doc_id": "a", "label": "五位一体", "items": ["经济", "政治", "文化"]},
        {"doc_id": "b", "label": "五位一体", "items": ["文化", "经济", "政治"]},
        {"doc_id": "b", "label": "五位一体", "items": ["经济", "管理", "教研"]},
        {"doc_id": "b", "label": "五位一体"},
    ]
    got = compare_slogan_members(
        invented([report("a", "甲县", 2020), report("b", "乙县", 2020)], slogans=slogans)
    )
    assert got["members"].tolist() == [["经济", "政治", "文化"], ["经济", "管理", "教研"]]
    assert got["n_uses"].tolist() == [2, 1]  # another order is the same list
    assert got["same_as_first"].tolist() == [1.0, pytest.approx(1 / 5)]
    assert got["groups"].tolist() == [["乙县", "甲县"], ["乙县"]]


def test_families_by_group():
    slogans = [{"doc_id": "a", "label": label} for label in ("四个强化", "四个自信", "四个强化")]
    row = compare_slogan_families(invented([report("a", "甲县", 2020)], slogans=slogans)).iloc[0]
    assert (row["family"], row["n_labels"], row["n_uses"], row["labels"]) == (
        "四个X",
        2,
        3,
        ["四个强化", "四个自信"],
    )
