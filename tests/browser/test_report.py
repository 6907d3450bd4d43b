"""The report in a real browser: no error, no request, nothing of a document runs, and every click does what it says."""

import csv
import http.server
import io
import json
import re
import shutil
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from report_material import ATTACKS, poisoned_run, run_of_seeds, run_of_terms

import pipeline
from pipeline import report
from pipeline.reporting import write_report

CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
)
DRIVER = shutil.which("chromedriver")
selenium = pytest.importorskip("selenium", reason="selenium is not installed (pip install zhengce[dev])")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium and chromedriver on the path (Debian: apt install chromium chromium-driver)"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]  # fmt: skip


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """A report of the seeds, one of poisoned tables, and one of figures in other terms than the ordinary."""
    folder = tmp_path_factory.mktemp("browser")
    clean = run_of_seeds(folder / "clean")
    poisoned = poisoned_run(clean, folder / "poisoned")
    write_report(clean, folder / "clean.html")
    write_report(poisoned, folder / "hostile.html")
    write_report(run_of_terms(folder / "terms"), folder / "terms.html")
    return folder


@pytest.fixture(scope="module")
def driver():
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1440,1000",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield browser
    browser.quit()


class Page:
    """A report that is open: what the console said and what was asked of the network are kept."""

    def __init__(self, driver, address):
        self.driver = driver
        driver.get_log("browser"), driver.get_log("performance")  # of the page before
        driver.get(address)
        self.wait("return document.documentElement.dataset.ready === 'yes'")

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, script, *arguments, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self.run(script, *arguments):
                return found
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}")

    def errors(self):
        return [line["message"] for line in self.driver.get_log("browser")]

    def requests(self):
        messages = (json.loads(line["message"])["message"] for line in self.driver.get_log("performance"))
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def titles(self):
        return self.run(
            "return [...document.querySelectorAll('#documents tbody tr td:first-child')].map(td => td.textContent)"
        )

    def column(self, n):
        return self.run(
            "return [...document.querySelectorAll(`#documents tbody tr td:nth-child(${arguments[0]}) .en`)].map(td => Number(td.textContent.replaceAll(',', '')))",
            n,
        )


@pytest.fixture
def page(driver, reports):
    return Page(driver, (reports / "clean.html").as_uri())


@pytest.fixture
def hostile(driver, reports):
    return Page(driver, (reports / "hostile.html").as_uri())


def test_it_opens_without_an_error_and_asks_for_nothing(page, reports):
    page.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    time.sleep(0.3)
    assert page.errors() == []
    assert [url for url in page.requests() if not url.startswith("data:")] == [
        (reports / "clean.html").as_uri()
    ]


def test_from_a_server_it_asks_for_itself_alone(driver, reports):
    asked = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format, *arguments):
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(reports)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        Page(driver, f"http://127.0.0.1:{server.server_port}/hostile.html")
        time.sleep(0.5)
        assert asked == ["/hostile.html"]
    finally:
        server.shutdown()
        server.server_close()


def test_every_section_draws_something(page):
    drawn = page.run(
        "return [...document.querySelectorAll('section')].map(s => [s.id, s.querySelectorAll('.chart *').length])"
    )
    assert len(drawn) == 10
    assert [name for name, n in drawn if n < 20] == []


def test_a_click_on_a_heading_sorts_and_a_second_turns_round(page):
    button = "document.querySelectorAll('#documents th button')[6].click()"
    page.run(button)
    down = page.column(7)
    assert down == sorted(down, reverse=True)
    assert len(set(down)) > 2
    page.run(button)
    assert page.column(7) == sorted(down)
    assert (
        page.run("return document.querySelectorAll('#documents th')[6].getAttribute('aria-sort')")
        == "ascending"
    )


def test_the_filter_and_the_bars_leave_what_matches(page):
    everything = page.titles()
    page.run(
        "const f = document.querySelector('#documents .filter'); f.value = '柳城'; f.dispatchEvent(new Event('input'))"
    )
    assert 0 < len(page.titles()) < len(everything)
    assert all(
        "柳城" in row
        for row in page.run(
            "return [...document.querySelectorAll('#documents tbody tr')].map(r => r.textContent)"
        )
    )
    page.run(
        "const f = document.querySelector('#documents .filter'); f.value = ''; f.dispatchEvent(new Event('input'))"
    )
    assert page.titles() == everything
    page.run("document.querySelector('#overview .card .bar-label button').click()")
    assert len(page.titles()) < len(everything)
    page.run("document.querySelector('#documents .facet').click()")
    assert page.titles() == everything


def test_bars_of_a_chart_share_a_scale(page):
    """As long as the numbers beside them say, however wide those numbers are written."""
    charts = page.run(
        "return [...document.querySelectorAll('.bars:not(.stacks)')].map(chart => [...chart.querySelectorAll('.bar-track')].map(t => Math.round(t.getBoundingClientRect().width)))"
    )
    assert len(charts) > 3
    assert any(len(tracks) > 3 for tracks in charts)
    assert all(len(set(tracks)) == 1 for tracks in charts), charts


def test_the_language_is_switched_and_switched_back(page):
    shown = "return [...document.querySelectorAll('h2')].map(h => h.innerText)"
    chinese = page.run(shown)
    page.run("document.getElementById('language').click()")
    english = page.run(shown)
    assert all(a != b for a, b in zip(chinese, english, strict=True))
    assert page.run("return document.documentElement.lang") == "en"
    assert page.run("return document.querySelector('.filter').placeholder").startswith("Filter")
    page.run("document.getElementById('language').click()")
    assert page.run(shown) == chinese


def test_a_number_opens_its_sentence_with_the_words_marked(page):
    page.run("document.querySelector('#indicators td button.ref').click()")
    mark = page.wait("const m = document.querySelector('#viewer .place mark'); return m && m.textContent")
    sentence = page.run("return document.querySelector('#viewer blockquote').textContent")
    assert mark in sentence
    assert any(c.isdigit() for c in mark)
    page.run("document.querySelector('#viewer .place .more').click()")
    whole = page.wait("const m = document.querySelector('#viewer .whole mark'); return m && m.textContent")
    assert whole == mark
    assert page.run("return document.getElementById('viewer').open")
    page.run("document.querySelector('#viewer .close').click()")
    assert not page.run("return document.getElementById('viewer').open")


def test_every_section_has_numbers_that_open(page):
    for section in ("indicators", "promises", "slogans", "instruments", "reuse", "keyness", "topics", "pmc"):
        page.run(
            "document.querySelectorAll(`#${arguments[0]} details`).forEach(d => { d.open = true; })", section
        )
        page.wait(
            "return [...document.querySelectorAll(`#${arguments[0]} details`)].every(d => d.children.length > 1)",
            section,
        )
        assert page.run(
            "const b = [...document.querySelectorAll(`#${arguments[0]} button.ref:not(.left)`)].at(-1); if (b) b.click(); return !!b",
            section,
        ), section
        assert page.wait(
            "const m = document.querySelector('#viewer .place mark'); return m && m.textContent"
        ), section
        page.run(
            "document.getElementById('viewer').close(); document.getElementById('viewer').replaceChildren()"
        )
    page.run(
        "const r = document.querySelector('#similarity rect.q6'); r.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    )
    assert page.wait("const m = document.querySelector('#viewer .place mark'); return m && m.textContent")


def test_repairs_are_marked_in_the_text_with_what_stood_there(page):
    page.run(
        "[...document.querySelectorAll('#documents tbody button')].find(b => b.textContent.includes('柳城')).click()"
    )
    n = page.wait("return document.querySelectorAll('#viewer .whole ins.repair').length")
    assert n > 20
    assert "→" in page.run("return document.querySelector('#viewer .whole ins.repair').title")


def test_nothing_of_a_hostile_document_runs(hostile):
    hostile.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    n = hostile.run("return document.querySelectorAll('#documents tbody button').length")
    for i in range(n):
        hostile.run("document.querySelectorAll('#documents tbody button')[arguments[0]].click()", i)
        hostile.wait("return document.querySelector('#viewer .whole')")
    for section in ("indicators", "promises", "slogans", "instruments", "reuse", "topics", "pmc"):
        hostile.run(
            "document.querySelectorAll(`#${arguments[0]} button.ref`).forEach((b, i) => { if (i < 15) b.click(); })",
            section,
        )
    time.sleep(0.5)
    hostile.run("document.getElementById('language').click()")
    assert hostile.run("return window.__attacked") is None
    assert hostile.errors() == []
    assert (
        hostile.run(
            "return document.querySelectorAll('img, iframe, object, embed, svg[onload], [onerror], [onload], [onfocus]').length"
        )
        == 0
    )
    shown = hostile.run("return document.body.textContent")
    assert "<img src=x onerror" in shown  # as words
    hostile.run("document.getElementById('language').click()")


def test_links_are_web_addresses_that_cannot_reach_back(hostile):
    hostile.run("document.querySelectorAll('#documents tbody button')[0].click()")
    links = hostile.wait(
        "const a = [...document.querySelectorAll('#viewer a')]; return a.length && a.map(x => [x.href, x.rel])"
    )
    assert links == [["https://www.example.gov.cn/a?b=1&c=2", "noopener noreferrer nofollow"]]
    anchors = hostile.run("return [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    assert [a for a in anchors if not a.startswith(("#", "https://www.example.gov.cn/"))] == []


@pytest.mark.parametrize("name", ["clean", "hostile"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_its_screen(driver, reports, name, width):
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page = Page(driver, (reports / f"{name}.html").as_uri())
        page.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.run("document.querySelector('#documents tbody button').click()")
        page.wait("return document.querySelector('#viewer .whole')")
        assert page.run("return document.documentElement.scrollWidth") <= width
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_a_narrow_screen_no_number_and_no_name_of_a_bar_is_cut(driver, reports):
    metrics = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page = Page(driver, (reports / "clean.html").as_uri())
        seen, cut = page.run(
            "const all = [...document.querySelectorAll('.part, .stacks .bar-label, .matrix-names .plain')];"
            "return [all.length, all.filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.textContent)]"
        )
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert seen > 10
    assert cut == []


def test_in_print_the_tools_are_gone_and_the_charts_stay(page):
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        display = "return getComputedStyle(document.querySelector(arguments[0])).display"
        assert all(
            page.run(display, selector) == "none" for selector in (".top", ".tools", ".more", "dialog")
        )
        assert page.run(display, "#indicators .heat") == "table"
        assert page.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    pdf = page.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    assert len(pdf["data"]) > 50_000


def _download(page, button, file):
    """Click a button and return the rows of the CSV that comes, as dicts."""
    page.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(file.parent)}
    )
    page.run(button)
    until = time.monotonic() + 20
    while not (file.exists() and file.stat().st_size) and time.monotonic() < until:  # it appears empty first
        time.sleep(0.1)
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def _rows(page, section, file):
    page.run("document.querySelector(`#${arguments[0]} details`).open = true", section)
    page.wait("return document.querySelector(`#${arguments[0]} details .tools`)", section)
    head, *rows = _download(
        page, f"[...document.querySelectorAll('#{section} details .tools .more')].at(-1).click()", file
    )
    assert len(set(head)) == len(head)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_downloaded_figure_says_what_the_screen_shows_and_leads_back_to_its_row(page, reports, tmp_path):
    tables = pipeline.load(reports / "clean", ["quantities", "texts"])
    quantities = tables["quantities"].set_index("quantity_id")
    texts = tables["texts"].set_index("doc_id")["text"]
    rows = _rows(page, "indicators", tmp_path / "indicators.csv")
    (row,) = (
        r for r in rows
        if (r["地方"], r["指标"], r["年份"], r["性质"]) == ("柳城县", "地区生产总值", "2022", "目标")
    )  # fmt: skip
    assert (row["数值"], row["所示数值"], row["单位"]) == ("8", "≥8%", "%")
    assert "地区生产总值增长8%以上" in row["句子"]
    shared = [r for r in rows if r["同年同口径地方数"] == "2" and r["名次"]]
    assert {r["名次"] for r in shared} == {"1", "2"}
    for r in rows:
        quantity = quantities.loc[r["行编号"]]
        assert (r["文件编号"], int(r["起"]), int(r["止"])) == (
            quantity["doc_id"],
            quantity["start"],
            quantity["end"],
        )
        words = texts[r["文件编号"]][int(r["起"]) : int(r["止"])]
        assert words.strip().replace("\n", "") in r["句子"].replace("\n", "")
        assert r["行编号"] in r["全部行编号"].split()


@pytest.fixture
def terms(driver, reports):
    return Page(driver, (reports / "terms.html").as_uri())


def test_figures_of_one_year_in_different_terms_can_be_told_apart(terms, tmp_path):
    rows = _rows(terms, "indicators", tmp_path / "indicators.csv")
    growth = {
        r["限定"]: (r["数值"], r["计量周期或对象"], r["基期"])
        for r in rows
        if (r["地方"], r["指标"], r["指标形式"], r["年份"]) == ("容城县", "地区生产总值", "增速", "2016")
    }
    assert growth == {"比 2011 年": ("21.9", "", "2011"), "年均，比 2011 年": ("4", "年均", "2011")}
    assert {r["限定"]: r["范围"] for r in rows if r["年份"] == "2014"} == {
        "": "whole",
        "局部（其中、乡镇、企业或项目）": "part",
        "上级（全国、全省、全市）": "upper",
    }
    shown = terms.run(
        "return [...document.querySelectorAll('#indicator-rows tbody td:nth-child(4) .zh')].map(n => n.textContent)"
    )
    assert {"比 2011 年", "年均，比 2011 年"} <= set(shown)


def test_sums_of_projects_and_figures_without_a_better_side_have_no_colour_and_come_last(terms):
    heads, rows = terms.run(
        "const t = document.querySelector('#indicators .heat'); const zh = (n) => [...n.querySelectorAll('bdi, .zh')].map(x => x.textContent).join(' ');"
        "return [[...t.querySelectorAll('thead th.upright')].map(zh), [...t.querySelectorAll('tbody tr')].map(r => [...r.querySelectorAll('td')].map(c => [c.className, zh(c)]))]"
    )
    assert heads[0] == "地区生产总值 增速"
    tones = {head: {row[i][0] for row in rows} for i, head in enumerate(heads)}
    assert tones["地区生产总值 增速"] == {"d1", "d5"}  # of two neither is extreme
    assert tones["完成投资"] == tones["总人口 （不排名）"] == {"alone"}
    assert heads.index("完成投资") > heads.index("总人口 （不排名）")
    assert all("局部" in row[heads.index("完成投资")][1] for row in rows)
    note = terms.run("return document.querySelector('#indicators .note .zh').textContent")
    assert "5 个数字属局部" in note
    assert "2 个数字的指标没有好坏方向" in note


def test_the_view_of_targets_speaks_of_targets(page):
    shown = []
    for status in ("target", "achieved"):
        page.run(
            "const s = document.querySelector('#indicators select'); s.value = arguments[0]; s.dispatchEvent(new Event('change', { bubbles: true }))",
            status,
        )
        words = "[...document.querySelectorAll(arguments[0] + ' .zh')].map(n => n.textContent).join('')"
        shown.append(
            page.run(f"return {words}", "#h-indicators") + page.run(f"return {words}", "#indicators .legend")
        )
    assert "目标" in shown[0]
    assert "要求较高" in shown[0]
    assert "领先" not in shown[0]
    assert "报告了" in shown[1]
    assert "领先" in shown[1]
    assert "要求较高" not in shown[1]


def test_the_legend_of_similarity_says_where_the_darkest_tone_begins(page):
    said = page.run(
        "return [...document.querySelectorAll('#similarity .legend .zh')].map(n => n.textContent).join('')"
    )
    begins = int(re.search(r"相似（(\d+)% 以上）", said)[1])
    cells = page.run(
        "return [...document.querySelectorAll('#similarity rect')].map(r => [r.getAttribute('class'), r.nextElementSibling && r.nextElementSibling.tagName === 'text' ? r.nextElementSibling.textContent : ''])"
    )
    values = {tone: [int(v[:-1]) for t, v in cells if t == tone and v] for tone in ("q5", "q6")}
    assert values["q6"]
    assert min(values["q6"]) >= begins
    assert all(value <= begins for value in values["q5"])


def test_what_is_damaged_has_room_on_a_narrow_screen(page):
    page.driver.set_window_size(500, 900)
    try:
        width = page.run(
            "const c = document.querySelector('#documents tbody td:last-child'); return c.getBoundingClientRect().width"
        )
    finally:
        page.driver.set_window_size(1440, 1000)
    assert width >= 150


def test_who_began_a_slogan_is_said_with_what_was_read_of_the_place(page, reports, tmp_path):
    line = page.run(
        "const n = [...document.querySelectorAll('#slogans .dots')].find(n => n.textContent.includes('双减'));"
        "return [...n.querySelectorAll('.dots-text .zh, .dots-text bdi')].map(x => x.textContent).join('')"
    )
    found = re.search(
        r"（(\d+) 份，(\d{4})(?:—(\d{4}))?(?:，\d+ 份无年份)?）.*；有 (\d{4}) 年及以前文件的 (\d+) / (\d+) 处",
        line,
    )
    assert found, line
    n, _, _, _, n_before, n_all = (int(g or 0) for g in found.groups())
    assert n >= 1
    assert 1 <= n_before <= n_all
    rows = _rows(page, "slogans", tmp_path / "slogans.csv")
    assert {r["本地文件数"] for r in rows if r["地方"] == "柳城县"} == {"3"}
    assert all(r["本地文件年份"] for r in rows if r["地方"] == "柳城县")


def test_both_sides_of_a_downloaded_promise_lead_back(page, reports, tmp_path):
    quantities = pipeline.load(reports / "clean", ["quantities"])["quantities"].set_index("quantity_id")
    rows = _rows(page, "promises", tmp_path / "promises.csv")
    settled = [r for r in rows if r["兑现情况"] in ("兑现", "未达")]
    assert settled
    for r in settled:
        assert quantities.loc[r["目标·行编号"], "status"] == "target"
        assert quantities.loc[r["结果·行编号"], "status"] == "achieved"
    assert "≥8%" in {r["所示目标"] for r in settled}
    # 5% against 6%左右 and 3.1%: points, not per cent
    gaps = {(r["所示目标"], r["所示结果"]): r["所示差额"] for r in settled}
    assert gaps["约6%", "3.1%"] == "-2.9个百分点"


@pytest.mark.parametrize(
    "section", ["slogans", "instruments", "similarity", "reuse", "keyness", "topics", "pmc"]
)
def test_every_downloaded_table_names_documents_by_their_ids(page, reports, tmp_path, section):
    names = {
        "instruments": "instruments", "slogans": "slogans", "similarity": "similarity", "reuse": "reuse", "keyness": "keyness",
        "topics": "topic_shares", "pmc": "pmc",
    }  # fmt: skip
    documents = set(pipeline.load(reports / "clean", ["documents"])["documents"]["doc_id"])
    rows = _rows(page, section, tmp_path / f"{names[section]}.csv")
    ids = [r[c] for r in rows for c in r if c.endswith("文件编号") or c in ("文件甲编号", "文件乙编号")]
    assert len(set(ids) - {""}) > 1
    assert set(ids) - {""} <= documents


def test_the_csv_is_what_the_table_shows_and_no_cell_is_a_formula(hostile, tmp_path):
    rows = _download(
        hostile,
        "[...document.querySelectorAll('#overview .tools .more')].at(-1).click()",
        tmp_path / "documents.csv",
    )
    assert len(rows) == 10
    assert not [
        cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))
    ]


def test_a_negative_figure_is_no_formula_and_a_formula_is_none(page):
    """The page's functions are its own; what they give is seen in a table made of them."""
    source = (Path(report.__file__).parent / "static" / "table.js").read_text(encoding="utf-8")
    start = source.index("const FIGURE")
    function = source[start : source.index("const csvLine")]
    cells = ["-3.1%", "-2亿元", "-1+cmd|' /C calc'!A0", "=1", "≥8%", "-@x"]
    found = page.driver.execute_cdp_cmd(
        "Runtime.evaluate", {"expression": f"{{ {function}; {json.dumps(cells)}.map(csvCell) }}", "returnByValue": True}
    )["result"]["value"]  # fmt: skip
    assert found == ["-3.1%", "-2亿元", "'-1+cmd|' /C calc'!A0", "'=1", "≥8%", "'-@x"]


def test_dark_and_light_differ_and_both_can_be_read(driver, reports):
    seen = {}
    for scheme in ("light", "dark"):
        driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        page = Page(driver, (reports / "clean.html").as_uri())
        seen[scheme] = page.run(
            "return [...document.querySelectorAll('.part, .heat td.d0, .heat td.d6, .heat td[class^=q], .tag, .chip, h2, .quiet')].map(n => {"
            "const rgb = (c) => c.match(/[\\d.]+/g).map(Number);"
            "let back = n; while (back && (rgb(getComputedStyle(back).backgroundColor)[3] === 0)) back = back.parentElement;"
            "const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };"
            "const [a, b] = [light(rgb(getComputedStyle(n).color)), light(rgb(getComputedStyle(back || document.body).backgroundColor))];"
            "return [n.className || n.tagName, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]; })"
        )
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    for scheme, pairs in seen.items():
        tones = {name for name, _ in pairs if name in ("q3", "q4", "q5", "q6")}
        assert len(tones) > 2, "no heat map to look at"
        poor = {
            name: round(ratio, 1) for name, ratio in pairs if ratio < (4.5 if name.startswith("q") else 3)
        }
        assert poor == {}, scheme


def test_the_attacks_are_shown_as_the_words_they_are(hostile):
    titles = " ".join(hostile.titles())
    expected = [case["text"] for case in ATTACKS[:5]]
    assert sum(text in titles for text in expected) >= 4
