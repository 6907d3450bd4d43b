"""The report as a file: its counts are those of the tables, every place has its sentence, nothing in it is executable but our own."""

import base64
import hashlib
import itertools
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_tables import invented, report
from lxml import html as lxml_html
from report_material import ATTACKS, INVENTED, poisoned_run, run_of_seeds

import pipeline
from pipeline.cli import main
from pipeline.columns import TABLES
from pipeline.compare import COMPARISONS, compare_all
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.similarity import ALL_PAIRS as COMPARED_PAIRS
from pipeline.errors import ComparisonError, SourceError
from pipeline.report import build_report
from pipeline.report.charts import CHARTS
from pipeline.report.charts.similarity import ALL_PAIRS
from pipeline.report.display import printable, web_link
from pipeline.report.excerpts import carried, excerpts, sentence_around
from pipeline.report.packing import pack, unpack
from pipeline.report.page import SCRIPTS
from pipeline.reporting import write_report

TEXT_RE = re.compile(r'<script type="text/plain" data-text="(\d+)">([A-Za-z0-9+/=]*)</script>')
DATA_RE = re.compile(r'<script type="text/plain" id="data">([A-Za-z0-9+/=]*)</script>')


def carried_by(page):
    """The data of a page and its texts by number of document."""
    data = unpack(DATA_RE.search(page)[1])
    return data, {int(number): unpack(packed) for number, packed in TEXT_RE.findall(page)}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return run_of_seeds(tmp_path_factory.mktemp("report") / "out")


@pytest.fixture(scope="module")
def tables(run):
    return pipeline.load(run, list(TABLES))


@pytest.fixture(scope="module")
def compared(tables):
    """The comparisons of the run, and its documents in their groups."""
    frames = dict(compare_all(tables, "county"))
    return frames, documents_in_groups(tables["documents"], "county", tables["quantities"])


@pytest.fixture(scope="module")
def page(run):
    return write_report(run, run / "report.html").html


@pytest.fixture(scope="module")
def hostile_page(run, tmp_path_factory):
    folder = poisoned_run(run, tmp_path_factory.mktemp("poisoned") / "out")
    return write_report(folder, folder / "report.html").html


@pytest.fixture(scope="module")
def short_page(tables, compared):
    """The same report where there is no room for whole texts."""
    return build_report(tables, *compared, max_bytes=1).html


def test_the_counts_are_those_of_the_tables(page, tables):
    data, _ = carried_by(page)
    overview = data["charts"]["overview"]
    assert overview["n_documents"] == len(tables["documents"]) == len(data["docs"])
    assert overview["rows"] == {name: len(tables[name]) for name in overview["rows"]}
    assert dict(overview["by_status"]) == tables["documents"]["status"].value_counts().to_dict()
    assert sum(n for _, n in overview["by_group"]) == len(tables["documents"])
    assert overview["n_chars"] == tables["texts"]["text"].str.len().sum()
    is_read = tables["documents"]["status"].eq("ok")
    kinds = tables["documents"].loc[is_read, "damage"].explode().dropna()
    assert dict(overview["by_damage"]) == kinds.value_counts().to_dict()
    assert set(kinds) <= set(data["damage"]), "a kind of damage has no name"


def test_every_comparison_gives_as_many_rows_as_its_frame(page, tables, compared):
    data, _ = carried_by(page)
    frames, _ = compared
    charts = data["charts"]
    assert len(charts["indicators"]["rows"]) == frames["indicators"]["state"].eq("reported").sum()
    assert len(charts["indicators"]["missing"]) == frames["indicators"]["state"].ne("reported").sum()
    assert len(charts["promises"]["rows"]) == len(frames["promises"])
    assert len(charts["slogans"]["uses"]) == len(frames["slogan_uses"])
    assert len(charts["instruments"]["rows"]) == len(frames["instruments"])
    assert len(charts["reuse"]["rows"]) == len(frames["reuse"])
    assert len(charts["keyness"]["rows"]) == len(frames["keyness"])
    assert len(charts["topics"]["shares"]) == len(frames["topic_shares"])
    assert len(charts["pmc"]["rows"]) == len(frames["pmc"])
    assert len(charts["pmc"]["scores"]) == frames["pmc_scores"]["score"].eq(1).sum()
    assert len(charts["similarity"]["pairs"]) == len(frames["similarity"]) / 2
    assert charts["similarity"]["whole"]
    assert ALL_PAIRS == COMPARED_PAIRS


def test_words_of_documents_of_different_kinds_are_said_to_be_so(page):
    section = page.partition('<section id="keyness"')[2].partition("</section>")[0]
    assert "文种不同" in section


def test_damage_of_copies_is_not_counted_again():
    documents = [report("a", "甲县", 2020, damage=["stray_spaces"])]
    documents.append({**documents[0], "source": "copy.txt", "status": "duplicate"})
    tables = invented(documents)
    data, _ = carried_by(build_report(tables, {}, documents_in_groups(tables["documents"], "county")).html)
    assert data["charts"]["overview"]["by_damage"] == [["stray_spaces", 1]]


def test_the_country_and_documents_without_place_are_no_counties():
    documents = [report("a", "甲县", 2020), report("b", "乙县", 2020)]
    placeless = {"title": "政府工作报告", "city": None, "province": None}
    documents.append(report("c", None, 2020, issuer="国务院", **placeless))
    documents.append(report("d", None, 2020, **placeless))
    tables = invented(documents)
    data, _ = carried_by(build_report(tables, {}, documents_in_groups(tables["documents"], "county")).html)
    overview = data["charts"]["overview"]
    assert overview["n_groups"] == 2
    assert {name for name, _ in overview["by_group"]} == {"甲县", "乙县", "中央", "未知"}


@pytest.mark.parametrize("kind", ["page", "short_page", "hostile_page"])
def test_every_place_lies_in_a_text_that_the_page_carries(request, kind):
    data, texts = carried_by(request.getfixturevalue(kind))
    places = data["places"]
    assert len(places["doc"]) > 300
    for doc, start, end in zip(places["doc"], places["start"], places["end"], strict=True):
        assert [s for s, text in texts[doc]["s"] if s <= start <= end <= s + len(text)], (doc, start, end)


@pytest.mark.parametrize("kind", ["page", "short_page"])
def test_a_number_leads_to_the_words_of_its_row(request, tables, kind, compared):
    data, texts = carried_by(request.getfixturevalue(kind))
    frames, _ = compared
    quantities = tables["quantities"].set_index("quantity_id")
    reported = frames["indicators"][frames["indicators"]["state"].eq("reported")]
    rows = data["charts"]["indicators"]["rows"]
    for row, frame_row in zip(rows, reported.to_dict("records"), strict=False):
        quantity = quantities.loc[frame_row["quantity_ids"][0]]
        doc, start, end = (data["places"][c][row[12][0]] for c in ("doc", "start", "end"))
        assert data["docs"][doc][0] == printable(
            tables["documents"].set_index("doc_id").loc[quantity["doc_id"], "title"]
        )
        segment = next((s, text) for s, text in texts[doc]["s"] if s <= start and end <= s + len(text))
        assert segment[1][start - segment[0] : end - segment[0]] == quantity["text"]


def _numbers_of_places(value, column_is_places):
    if isinstance(value, list):
        for item in value:
            yield from _numbers_of_places(item, column_is_places)
    elif isinstance(value, int):
        yield value


def test_all_numbers_of_places_are_there(page):
    data, _ = carried_by(page)
    n = len(data["places"]["doc"])
    columns = {
        ("indicators", "rows"): (12, 13), ("promises", "rows"): (14, 15), ("promises", "counts"): (3,), ("instruments", "themes"): (3,), ("slogans", "uses"): (9,), ("slogans", "members"): (7,),
        ("instruments", "rows"): (9,), ("similarity", "pairs"): (6,), ("keyness", "rows"): (9,), ("topics", "topics"): (5,),
        ("topics", "shares"): (5,), ("pmc", "rows"): (7,), ("pmc", "scores"): (3,),
    }  # fmt: skip
    seen = set()
    for (chart, rows), positions in columns.items():
        for row in data["charts"][chart][rows]:
            for position in positions:
                assert all(0 <= ref < n for ref in row[position]), (chart, row)
                seen.update(row[position])
    seen.update(ref for row in data["charts"]["reuse"]["rows"] for ref in row[:2])
    assert seen == set(range(n))


def test_the_repairs_of_a_text_are_in_the_page(page, tables):
    data, texts = carried_by(page)
    assert sum(len(text["r"]) for text in texts.values()) == len(tables["repairs"])
    for number, text in texts.items():
        assert len(text["r"]) == data["docs"][number][11]


def test_a_report_without_room_carries_sentences_and_says_so(tables, short_page, page, compared):
    assert len(short_page) < len(page)
    assert "不带全文" in short_page
    assert "不带全文" not in page
    report = build_report(tables, *compared, max_bytes=1)
    assert not report.has_whole_texts
    assert report.notes


def test_what_a_short_report_counts_is_the_whole_run(tables, compared, monkeypatch):
    """Rows are cut from tables, never from the counts of a chart."""
    from pipeline.report import build
    from pipeline.report.frames import Limits

    monkeypatch.setattr(build, "STEPS", (Limits(places=1, rows=15, documents=3, pairs=3, whole_texts=0),))
    short, _ = carried_by(build_report(tables, *compared).html)
    frames, _ = compared
    charts = short["charts"]
    assert len(charts["promises"]["rows"]) == len(charts["instruments"]["rows"]) == 15
    assert sum(n for *_, n, _ in charts["promises"]["counts"]) == len(frames["promises"])
    whole = frames["instruments"][frames["instruments"]["instrument_sub"].isna()]
    assert (
        sum(n for *_, n, _ in charts["instruments"]["themes"])
        == whole[whole["theme"].ne("全部")]["n_measures"].sum()
    )
    assert {row[10] for row in charts["promises"]["rows"]} >= {"met", "missed"}
    assert {row[1] for row in charts["instruments"]["rows"]} == {"全部"}
    assert len(charts["similarity"]["order"]) <= 3
    assert not charts["similarity"]["whole"]
    groups = {row[0] for row in charts["keyness"]["rows"]}
    assert len(groups) == min(15, frames["keyness"]["group"].nunique())


def test_the_only_scripts_are_ours_and_data_is_base64(hostile_page, page):
    for some in (page, hostile_page):
        scripts = re.findall(r"<script([^>]*)>", some)
        document = lxml_html.document_fromstring(some)
        found = document.xpath("//script")
        n_texts = len(TEXT_RE.findall(some))
        assert len(found) == n_texts + 2
        assert len([s for s in found if not s.get("type")]) == 1
        # what stands inside of our script is no script element of its own
        assert len(scripts) == len(found)
        assert not document.xpath(
            "//@*[starts-with(local-name(), 'on')] | //@style | //iframe | //object | //embed | //base"
        )


def test_the_policy_names_the_script_and_the_style_by_their_hashes(hostile_page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', hostile_page)[1]
    policy = policy.replace("&#39;", "'")
    script = re.search(r"<script>(.*?)</script>", hostile_page, re.DOTALL)[1]
    style = re.search(r"<style>(.*?)</style>", hostile_page, re.DOTALL)[1]
    for words in (script, style):
        digest = base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy


def test_nothing_is_loaded_from_anywhere(page, hostile_page):
    for some in (page, hostile_page):
        document = lxml_html.document_fromstring(some)
        assert (
            document.xpath(
                "//@src | //link[@rel='stylesheet'] | //@srcset | //@action | //meta[@http-equiv='refresh']"
            )
            == []
        )
        assert {h for h in document.xpath("//@href") if not h.startswith("#")} == {"data:,"}
        assert "@import" not in some
        assert "url(" not in some


def test_an_attack_in_a_heading_is_only_words(hostile_page):
    document = lxml_html.document_fromstring(hostile_page)
    headings = "".join(document.xpath("//h2//text()"))
    assert "49" not in headings
    assert len(document.xpath("//section")) == len(CHARTS)
    assert not document.xpath("//h2//img | //h2//svg | //h2//script")
    assert "\u202e" not in hostile_page


def test_only_web_addresses_become_links(hostile_page):
    data, _ = carried_by(hostile_page)
    addresses = [row[9] for row in data["docs"] if row[9] is not None]
    assert addresses == ["https://www.example.gov.cn/a?b=1&c=2"]


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "//host/x", "http:///x",
    "https://user:word@host/x", "https://host/\"onclick=x", "ftp://host/x", " https://host/x", "https://[::1", None, 5,
])  # fmt: skip
def test_what_is_no_web_address_is_no_link(address):
    assert web_link(address) is None


def test_our_scripts_hold_nothing_that_makes_html_of_strings():
    from pipeline.report.page import _HERE

    for name in SCRIPTS:
        script = _HERE.joinpath("static", f"{name}.js").read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "</script",
            "fetch(",
            "XMLHttpRequest",
            "import(",
        ):
            assert word not in script, (name, word)


def test_every_chart_has_its_script_of_the_same_name():
    from pipeline.report.page import _HERE

    listed = {name for name, *_ in CHARTS}
    assert {p.stem for p in (_HERE / "static" / "charts").glob("*.js")} == listed
    assert {p.stem for p in (_HERE / "charts").glob("*.py")} - {"__init__"} == listed


@given(
    st.recursive(
        st.none() | st.text() | st.integers(-(2**50), 2**50) | st.booleans(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_what_is_packed_comes_back_and_holds_no_mark_of_html(data):
    packed = pack(data)
    assert re.fullmatch(r"[A-Za-z0-9+/=]*", packed)
    assert unpack(packed) == data


@given(st.text(alphabet="教育。；\n强化𠮷ab", max_size=300), st.data())
def test_excerpts_hold_their_places_and_are_slices_of_the_text(text, data):
    places = [
        tuple(sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text))))))
        for _ in range(4)
    ]
    segments = excerpts(text, places)
    for start, words in segments:
        assert text[start : start + len(words)] == words
    for a, b in places:
        assert any(s <= a and b <= s + len(words) for s, words in segments)
        low, high = sentence_around(text, a, b)
        assert low <= a <= b <= high
    ends = [(s, s + len(w)) for s, w in segments]
    assert all(one[1] < two[0] for one, two in itertools.pairwise(ends))


def test_a_repair_outside_of_the_excerpts_is_not_carried():
    repairs = [(0, 1, "a", "", "", 1.0), (11, 12, "b", "", "", 1.0), (40, 41, "c", "", "", 1.0)]
    assert [r[2] for r in carried([(10, "强化组织领导")], repairs)["r"]] == ["b"]


def test_a_run_of_nothing_gives_a_report_of_empty_sections(tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_bytes(b"\x7fELF" + bytes(300))
    pipeline.run(bad, tmp_path / "out")
    report = write_report(tmp_path / "out", tmp_path / "r.html")
    data, texts = carried_by(report.html)
    assert data["charts"]["overview"]["by_status"] == [["failed", 1]]
    assert texts == {}
    assert data["docs"][0][13]


def test_a_run_so_small_that_nothing_is_left_out_gives_a_report(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for title, text in INVENTED.items():
        (pages / f"{title}.txt").write_text(f"{title}\n{text}\n", encoding="utf-8")
    pipeline.run(pages, tmp_path / "out")
    report = write_report(tmp_path / "out", tmp_path / "r.html")
    data, _ = carried_by(report.html)
    outcomes = {row[10] for row in data["charts"]["promises"]["rows"]}
    assert {"met", "missed"} <= outcomes
    assert len(data["charts"]["reuse"]["rows"]) == 1
    assert data["charts"]["instruments"]["themes"]
    assert "载入" not in "".join(re.findall(r'<p class="note">.*?</p>', report.html))


def test_promises_that_nothing_can_be_held_against_are_counted_all_the_same(tmp_path):
    page = tmp_path / "a.txt"
    title, text = next(iter(INVENTED.items()))
    page.write_text(f"{title}\n{text}\n", encoding="utf-8")
    pipeline.run(page, tmp_path / "out")
    data, _ = carried_by(write_report(tmp_path / "out", tmp_path / "r.html").html)
    promises = data["charts"]["promises"]
    assert sum(n for *_, n, _ in promises["counts"]) == len(promises["rows"]) > 0
    assert {row[10] for row in promises["rows"]} == {"no_next_report"}


def test_a_missing_comparison_is_an_empty_section(tables):
    groups = documents_in_groups(tables["documents"], "county", tables["quantities"])
    html = build_report(tables, {}, groups).html
    data, _ = carried_by(html)
    assert data["charts"]["reuse"] == {"rows": []}
    assert html.count("<section ") == len(CHARTS)


@pytest.mark.parametrize("by", ["document", "year", "province"])
def test_the_report_is_made_by_other_groups_too(run, tmp_path, by):
    data, _ = carried_by(write_report(run, tmp_path / "r.html", by=by).html)
    assert data["by"] == by
    assert data["charts"]["instruments"]["rows"]


def test_the_command_writes_the_file_and_says_where(run, tmp_path, capsys):
    assert main(["report", str(run), "--out", str(tmp_path / "deep" / "r.html")]) == 0
    assert f"report: {tmp_path / 'deep' / 'r.html'}" in capsys.readouterr().out
    assert (tmp_path / "deep" / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sorted(p.name for p in (tmp_path / "deep").iterdir()) == [".zhengce-written", "r.html"]


def test_wrong_usage_gets_a_letter(run, tmp_path, capsys):
    assert main(["report", str(tmp_path), "--out", str(tmp_path / "r.html")]) == 2
    assert "name the --out folder of a run" in capsys.readouterr().err
    with pytest.raises(SourceError, match="names a folder"):
        write_report(run, tmp_path)
    with pytest.raises(ComparisonError, match="known: county"):
        write_report(run, tmp_path / "r.html", by="village")


def test_the_cases_are_all_used():
    assert len({case["label"] for case in ATTACKS}) == len(ATTACKS)
    assert {name for names, _ in COMPARISONS for name in names} >= {
        "indicators",
        "promises",
        "reuse",
        "pmc_surface",
    }
    assert pd.Series([case["text"] for case in ATTACKS]).is_unique


EDUCATION = "{place}教育局关于印发教育提质行动计划的通知\n一、主要任务\n新建公办幼儿园3所，招聘特岗教师20名。落实“双减”政策，提升课后服务水平。加强教师培训，改善办学条件。\n"


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    """A run of three work reports, and one of two education plans."""
    folder = tmp_path_factory.mktemp("fields")
    pages = {title: f"{title}\n{text}\n" for title, text in INVENTED.items()}
    for place in ("柳城县", "旬邑县"):
        pages[f"{place}教育"] = EDUCATION.format(place=place)
    for name, text in pages.items():
        kind = "education" if name.endswith("教育") else "reports"
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{name}.txt").write_text(text, encoding="utf-8")
    for kind in ("education", "reports"):
        pipeline.run(folder / kind, folder / f"{kind}_out")
    return folder


def _pmc(fields, kind, tmp_path, **options):
    html = write_report(fields / f"{kind}_out", tmp_path / "r.html", **options).html
    section = html.partition('<section id="pmc"')[2].partition("</section>")[0]
    return carried_by(html)[0]["charts"]["pmc"], lxml_html.document_fromstring(section).text_content()


def test_documents_of_another_field_than_the_codebooks_get_no_level(fields, tmp_path):
    data, section = _pmc(fields, "reports", tmp_path)
    # the one measure of the third report is to carry on with 双减
    assert sorted(row[2] for row in data["rows"]) == ["不良", "不适用", "不适用"]
    assert "3 份文件中只有 1 份以教育举措为主：以下指数不能用来评价这些文件" in section
    assert "为县级教育规划与方案而编" in section
    assert "--codebook" in section


def test_documents_of_the_codebooks_field_get_their_level_and_the_codebook_is_named_all_the_same(
    fields, tmp_path
):
    data, section = _pmc(fields, "education", tmp_path)
    assert "不适用" not in {row[2] for row in data["rows"]}
    assert "2 份文件的 PMC 指数平均" in section
    assert {row[5] for row in data["rows"]} <= {rule[1] for rule in data["rules"]}  # by name, not X2
    assert "为县级教育规划与方案而编" in section


def test_a_codebook_of_ones_own_gives_the_index_and_says_what_it_is_for(fields, tmp_path, capsys):
    book = tmp_path / "mine.toml"
    book.write_text(
        '[about]\ntheme = "财政金融"\nzh = "财政预算"\nen = "budgets"\n[index]\nlevels = [{ level = "low", name = "不良", from = 0.0 }]\nsurface = [["X1"]]\n'
        '[[variable]]\nid = "X1"\nname = "增长"\nsub = [{ name = "生产总值", words = ["地区生产总值"] }]\n',
        encoding="utf-8",
    )
    data, section = _pmc(fields, "reports", tmp_path, codebook=book)
    assert [rule[3] for rule in data["rules"]] == ["生产总值"]
    assert {(row[1], row[5]) for row in data["rows"]} == {
        (1, "")
    }  # who has everything has no weakest variable
    assert "编码表 mine.toml 为财政预算而编" in section
    book.write_text(book.read_text(encoding="utf-8").replace('"财政金融"', '"口味"'), encoding="utf-8")
    data, section = _pmc(fields, "reports", tmp_path, codebook=book)
    assert {row[2] for row in data["rows"]} == {"不良"}
    assert "请自行判断" in section
    book.write_text("[index", encoding="utf-8")
    out = str(tmp_path / "r.html")
    assert main(["report", str(fields / "reports_out"), "--out", out, "--codebook", str(book)]) == 2
    assert "mine.toml" in capsys.readouterr().err


def test_a_first_use_stands_beside_what_was_read_of_every_place(page, compared):
    _, groups = compared
    slogans = carried_by(page)[0]
    covered = {
        slogans["groups"][g]: (n, years, undated)
        for g, n, years, undated in slogans["charts"]["slogans"]["covered"]
    }
    read = groups[groups["is_read"]]
    assert {g: n for g, (n, *_) in covered.items()} == read["group"].value_counts().to_dict()
    for group, (n, years, undated) in covered.items():
        of_place = read[read["group"].eq(group)]["year"]
        assert years == sorted({int(y) for y in of_place.dropna()})
        assert undated == of_place.isna().sum() <= n
    section = page.partition('<section id="slogans"')[2].partition("</section>")[0]
    assert "不等于首创：各地有 1—" in section


@pytest.mark.parametrize(
    ("figures", "is_told"),
    [
        (
            (
                ("地区生产总值", "gross_regional_product", 9e9, "元"),
                ("地区生产总值", "gross_regional_product", 5e9, "元"),
            ),
            True,
        ),
        ((("城镇登记失业率", "urban_unemployment_rate", 3.6, "%"),) * 2, False),
        ((("地区生产总值", "gross_regional_product", 9e9, "元"),), False),  # nobody to be ranked among
    ],
)
def test_ranks_of_sums_are_said_to_tell_the_size_of_a_place(figures, is_told):
    names = ("甲县", "乙县")
    documents = [report(f"d{i}", names[i], 2023) for i in range(len(figures))]
    rows = [
        {"doc_id": f"d{i}", "indicator": name, "indicator_id": one, "value": value, "norm_unit": unit, "when": "2022"}
        for i, (name, one, value, unit) in enumerate(figures)
    ]  # fmt: skip
    tables = invented(documents, quantities=rows)
    frames = dict(compare_all(tables, "county", only=["indicators"]))
    groups = documents_in_groups(tables["documents"], "county", tables["quantities"])
    page = build_report(tables, frames, groups).html
    assert ("首先反映地方大小" in page) == is_told


def test_members_in_other_words_are_marked_as_the_same():
    documents = [report("a", "甲县", 2022), report("b", "乙县", 2023)]
    lists = {
        "a": ["义务教育", "基本医疗", "住房安全"],
        "b": ["义务教育有保障", "基本医疗有保障", "饮水安全有保障"],
    }
    slogans = [{"doc_id": d, "label": "三保障", "items": items} for d, items in lists.items()]
    tables = invented(documents, slogans=slogans)
    frames = dict(compare_all(tables, "county", only=["slogan_uses", "slogan_members"]))
    groups = documents_in_groups(tables["documents"], "county", tables["quantities"])
    rows = carried_by(build_report(tables, frames, groups).html)[0]["charts"]["slogans"]["members"]
    assert [row[8] for row in rows] == [lists["a"], ["义务教育有保障", "基本医疗有保障"]]


def test_a_report_by_document_does_not_count_the_documents_of_each(tables):
    groups = documents_in_groups(tables["documents"], "document", tables["quantities"])
    data, _ = carried_by(build_report(tables, {}, groups, by="document").html)
    assert data["charts"]["overview"]["by_group"] == []
    assert len(data["charts"]["overview"]["by_type"]) > 1
