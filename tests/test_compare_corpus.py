"""The seeds and 41 county reports compared: figures read in the texts by hand, and what the command writes."""

import re
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.cli import main
from pipeline.compare import COMPARISON_COLUMNS, compare_all
from pipeline.comparing import compare_run, load_comparisons
from pipeline.written import MARK

HERE = Path(__file__).parent
REPORTS = HERE.parent.parent / "shared" / "corpora" / "county_reports"
CORPUS = HERE.parent / "corpus"  # the five seeds
needs_reports = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="the county reports are not beside the checkout"
)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    out = tmp_path_factory.mktemp("seeds")
    pipeline.run(CORPUS, out)
    return out


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    pipeline.run([CORPUS, REPORTS], out)
    return pipeline.load(out)


@pytest.fixture(scope="module")
def compared(reports):
    return dict(compare_all(reports))


def test_the_command_writes_every_comparison_with_its_declared_columns(seeds, tmp_path, capsys):
    assert main(["compare", str(seeds), "--by", "county", "--out", str(tmp_path), "--format", "csv"]) == 0
    frames = load_comparisons(tmp_path)
    assert sorted(frames) == sorted(set(COMPARISON_COLUMNS) - {"agreement"})
    for name, frame in frames.items():
        assert list(frame.columns) == [c.name for c in COMPARISON_COLUMNS[name]]
        assert (tmp_path / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "indicators" in capsys.readouterr().out
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == [MARK]


def test_what_stands_in_the_folder_is_of_one_comparison(seeds, tmp_path, capsys):
    out = tmp_path / "compared"
    command = ["compare", str(seeds), "--out", str(out)]
    assert main([*command, "--only", "indicators", "--only", "slogan_uses", "--format", "csv"]) == 0
    (out / "mine.csv").write_text("of the user", encoding="utf-8")
    capsys.readouterr()
    assert main([*command, "--only", "indicators", "--where", "county = '柳城县'"]) == 0
    assert "removed: slogan_uses" in capsys.readouterr().out
    assert sorted(p.name for p in out.iterdir()) == [MARK, "indicators.csv", "indicators.parquet", "mine.csv"]
    written = pd.read_csv(out / "indicators.csv")
    assert list(written)[list(written).index("quantity_ids") + 1] == "quantity_ids_text"
    assert written["doc_id_name"].notna().any()
    assert set(written["group"]) == {"柳城县"} == set(load_comparisons(out)["indicators"]["group"])


def test_files_of_the_user_that_are_called_like_comparisons_stay(seeds, tmp_path, capsys):
    (tmp_path / "promises.parquet").write_bytes(b"mine")
    command = ["compare", str(seeds), "--out", str(tmp_path), "--only"]
    assert main([*command, "indicators"]) == 0
    assert main([*command, "promises"]) == 2
    assert "promises.parquet" in capsys.readouterr().err
    assert (tmp_path / "promises.parquet").read_bytes() == b"mine"
    assert (tmp_path / "indicators.parquet").is_file()


def test_a_report_takes_the_place_of_no_other_file(seeds, tmp_path, capsys):
    database = tmp_path / "policy.duckdb"
    database.write_bytes(b"DUCK")
    assert main(["report", str(seeds), "--out", str(database)]) == 2
    assert ".html" in capsys.readouterr().err
    assert database.read_bytes() == b"DUCK"


def test_a_workbook_of_a_comparison_has_chinese_heads_and_its_figures(seeds, tmp_path):
    command = ["compare", str(seeds), "--out", str(tmp_path), "--only", "indicators", "--only", "similarity"]
    assert main([*command, "--format", "xlsx"]) == 0
    frame = load_comparisons(tmp_path)["indicators"]
    sheet = pd.read_excel(tmp_path / "indicators.xlsx", sheet_name="指标比较", dtype={"组编号": str})
    assert [c for c in sheet.columns if not c.endswith(("（中文）", "（名称）", "（原文）"))] == [
        c.chinese for c in COMPARISON_COLUMNS["indicators"]
    ]
    assert sheet["数值"].tolist() == pytest.approx(frame["value"].tolist(), nan_ok=True)
    assert set(sheet["性质（中文）"].dropna()) <= {"目标", "已完成", "要求"}
    assert (tmp_path / "similarity.xlsx").is_file()


def test_a_workbook_of_a_comparison_can_be_read_without_the_tables_of_the_run(seeds, tmp_path):
    command = ["compare", str(seeds), "--out", str(tmp_path), "--format", "xlsx"]
    assert main([*command, "--only", "indicators", "--only", "similarity"]) == 0
    tables = pipeline.load(seeds)
    names = set(pipeline.document_names(tables["documents"]))
    pairs = pd.read_excel(tmp_path / "similarity.xlsx", sheet_name="文本相似")
    assert set(pairs["文档甲（名称）"]) | set(pairs["文档乙（名称）"]) <= names
    assert pairs["文档甲（名称）"].notna().all()
    words = dict(zip(tables["quantities"]["quantity_id"], tables["quantities"]["text"], strict=True))
    figures = pd.read_excel(tmp_path / "indicators.xlsx", sheet_name="指标比较").dropna(subset="所用数量编号")
    for ids, quoted in zip(figures["所用数量编号"], figures["所用数量编号（原文）"], strict=True):
        assert words[ids.split("；")[0]] in quoted
    guide = pd.read_excel(tmp_path / "indicators.xlsx", sheet_name="说明")
    assert guide["列"].tolist()[1:] == [c for c in figures.columns if "（中文）" not in c]
    assert guide[["含义", "meaning"]].notna().all(axis=None)
    assert "achieved 已完成" in guide.set_index("name").loc["status", "代码及中文名"]


def test_a_comparison_that_breaks_leaves_the_former_one_alone(seeds, tmp_path, monkeypatch):
    compare_run(seeds, tmp_path, only=["indicators", "slogan_uses"])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ZeroDivisionError):
        compare_run(seeds, tmp_path, by="document", progress=lambda name, _: name == "slogan_uses" and 1 // 0)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_command_refuses_what_it_does_not_know(seeds, tmp_path, capsys):
    for options, letter in (
        (["--by", "village"], "known: county"),
        (["--only", "horoscope"], "known: indicators"),
        (["--reference", "nothing"], "not among the documents read"),
    ):
        assert main(["compare", str(seeds), "--out", str(tmp_path / "x"), *options]) == 2
        assert letter in capsys.readouterr().err
    assert main(["compare", str(tmp_path), "--out", str(tmp_path / "y")]) == 2


def test_one_seed_says_five_in_one_twice_in_other_words(seeds):
    members = dict(compare_all(pipeline.load(seeds), only=["slogan_members"]))["slogan_members"]
    rows = members[members["label"] == "五位一体"]
    assert [set(m) for m in rows["members"]] == [
        {"一体化管理", "一体化师资调配", "一体化教学", "一体化教研", "一体化考核"},
        {"一体化管理", "一体化教学", "一体化教研", "一体化师资", "一体化考核"},
    ]
    assert rows["same_as_first"].tolist() == [1.0, 1.0]  # 师资调配 and 师资 are one member
    assert all(row_id.startswith("4ad83bc9f54a3db4") for ids in rows["slogan_ids"] for row_id in ids)


def test_every_id_leads_to_a_row(seeds):
    tables = pipeline.load(seeds)
    known = {
        "quantity_ids": set(tables["quantities"]["quantity_id"]),
        "other_ids": set(tables["quantities"]["quantity_id"]),
        "slogan_ids": set(tables["slogans"]["slogan_id"]),
        "measure_ids": set(tables["measures"]["measure_id"]),
        "doc_ids": set(tables["documents"]["doc_id"]),
    }
    for name, frame in compare_all(tables, by="document"):
        for column in set(frame.columns) & set(known):
            assert {i for ids in frame[column] for i in ids} <= known[column], (name, column)


# (county, indicator, aspect, year) -> comparator and target, result, outcome: read in the reports of year and year + 1
READ_BY_HAND = {
    ("清苑区", "地区生产总值", 2020): ("=", 7.0, None, "not_reported"),
    ("清苑区", "地区生产总值", 2021): ("=", 9.0, 7.0, "missed"),
    ("清苑区", "地区生产总值", 2022): (">=", 8.0, None, "not_reported"),
    ("清苑区", "地区生产总值", 2023): ("=", 7.0, 5.5, "missed"),
    ("清苑区", "地区生产总值", 2024): ("~", 6.0, 6.0, "met"),  # 增长6%左右; 同比增长6%以上
    ("清苑区", "固定资产投资", 2023): ("=", 8.5, 13.9, "met"),
    ("清苑区", "规模以上工业增加值", 2021): ("~", 10.0, 8.6, "missed"),
    ("清苑区", "一般公共预算收入", 2024): ("~", 6.0, 1.45, "missed"),
    ("清苑区", "社会消费品零售总额", 2021): ("~", 9.0, 9.5, "met"),
    ("满城区", "地区生产总值", 2021): ("=", 8.0, 8.0, "met"),
    ("满城区", "地区生产总值", 2022): (">=", 8.0, 3.0, "missed"),
    ("涞水县", "地区生产总值", 2021): ("~", 9.0, 6.4, "missed"),
    ("定兴县", "地区生产总值", 2021): (">=", 8.0, 8.1, "met"),
    ("博野县", "地区生产总值", 2021): (">=", 9.0, 8.2, "missed"),
    ("徐水区", "地区生产总值", 2011): (">=", 12.0, 13.0, "met"),
    ("徐水区", "地区生产总值", 2012): ("=", 12.0, 12.1, "met"),
    ("博野县", "地区生产总值", 2024): (">=", 6.0, 6.0, "met"),
}


@needs_reports
@pytest.mark.parametrize(("place", "read"), READ_BY_HAND.items(), ids=lambda v: "".join(map(str, v)))
def test_promises_read_by_hand(compared, place, read):
    county, indicator, year = place
    rows = compared["promises"]
    rows = rows[(rows["group"] == county) & (rows["indicator"] == indicator) & (rows["aspect"] == "growth")]
    rows = rows[(rows["year"] == year) & rows["per"].isna() & rows["base"].isna() & rows["period"].isna()]
    assert len(rows) == 1
    row = rows.iloc[0]
    result = None if pd.isna(row["result"]) else row["result"]
    assert (row["target_comparator"], row["target"], result, row["outcome"]) == read


@needs_reports
def test_levels_read_by_hand_and_ranked(compared):
    frame = compared["indicators"]
    cells = frame[
        (frame["indicator"] == "地区生产总值") & (frame["aspect"] == "level") & (frame["year"] == 2021)
    ]
    cells = cells[(cells["status"] == "achieved") & cells["period"].isna()].set_index("group")
    read = {"清苑区": 160.5e8, "涞水县": 101.23e8, "定兴县": 192.18e8, "曲阳县": 135.6e8, "博野县": 66.8e8}
    assert cells["value"].to_dict() == pytest.approx(read)
    assert cells["rank"].to_dict() == {"定兴县": 1, "清苑区": 2, "曲阳县": 3, "涞水县": 4, "博野县": 5}


@needs_reports
def test_the_growth_between_the_levels_of_two_reports(compared):
    rows = compared["promises"]
    rows = rows[
        (rows["group"] == "清苑区") & (rows["indicator"] == "地区生产总值") & (rows["aspect"] == "growth")
    ]
    implied = rows.set_index("year")["implied"].dropna().to_dict()
    assert implied[2020] == pytest.approx((144.9 / 141.9 - 1) * 100)
    assert implied[2022] == pytest.approx((166.2 / 160.5 - 1) * 100)


@needs_reports
def test_a_passage_of_an_earlier_report_is_found(compared, reports):
    rows = compared["reuse"]
    same = rows[(rows["group_a"] == "清苑区") & (rows["group_b"] == "清苑区")]
    same = same[same["date_a"].str[:4].eq("2020") & same["date_b"].str[:4].eq("2022")]
    row = same[same["text_a"].str.contains("艰难维持")].iloc[0]
    assert row["n_chars"] > 130
    assert row["first"] == row["doc_id_a"]
    texts = reports["texts"].set_index("doc_id")["text"]
    for side in ("a", "b"):
        assert texts[row[f"doc_id_{side}"]][row[f"start_{side}"] : row[f"end_{side}"]] == row[f"text_{side}"]


@needs_reports
def test_the_first_to_use_a_slogan(compared):
    rows = compared["slogan_uses"]
    got = rows[rows["label"] == "一岗双责"].set_index("group")
    assert got["first_year"].to_dict() == {
        "容城县": 2015, "徐水区": 2019, "清苑区": 2020, "满城区": 2020, "定兴县": 2020, "曲阳县": 2020, "涞水县": 2021, "博野县": 2022
    }  # fmt: skip
    assert got.loc["容城县", "is_origin"]


@needs_reports
def test_the_year_of_every_report_is_that_of_its_file_name(reports):
    from pipeline.compare.groups import documents_in_groups

    groups = documents_in_groups(reports["documents"], "county", reports["quantities"])
    named = reports["documents"]["source"].str.extract(r"_(\d{4})\.txt$")[0]
    given = dict(zip(reports["documents"]["doc_id"], named, strict=True))
    years = {
        d: str(y)
        for d, y in zip(groups["doc_id"], groups["year"], strict=True)
        if isinstance(given[d], str) and re.match("20", given[d])
    }
    assert len(years) == 41
    assert years == {d: given[d] for d in years}


@needs_reports
def test_reports_of_one_county_cluster_and_their_words_tell_it(compared):
    nearest = compared["similarity"].query("rank == 1")
    assert (nearest["group_a"] == nearest["group_b"]).mean() > 0.8
    keyest = compared["keyness"].query("group == '容城县'").iloc[0]
    assert keyest["word"] == "服装"  # the county of garment makers
    assert keyest["n_documents_here"] == 5
