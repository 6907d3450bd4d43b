"""`zhengce show FILE --page`: every decision about a page is shown with its reason, and nothing harms the terminal."""

import csv
import re
from pathlib import Path

import make_files
import pytest

from pipeline import lexicon
from pipeline.cli import main
from pipeline.page_view import _PASSAGES, in_both_languages, page_report, view_page
from pipeline.pages.html import beside, main_text, stylesheet, unwanted

FARM = "<style>.kx{position:absolute;left:-9999px}</style><div class=kx><p>本站专业提供各类线上娱乐，信誉第一，欢迎光临。</p></div>"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    markup = make_files.trs_page().replace("<body", FARM + "<body", 1)
    path.write_text(markup.replace("</body>", "<p>责任编辑：\x1b[31m张三</p></body>"), encoding="utf-8")
    return path


def test_kept_and_dropped_pieces_stand_with_their_reasons(page, capsys):
    assert main(["show", str(page), "--page"]) == 0
    shown = capsys.readouterr().out
    assert "网站系统规定的正文容器 named as the text by its content system" in shown
    assert "分享到：微信微博" in shown
    assert "网站附属块（bdsharebuttonbox） site furniture" in shown
    assert "信息公开目录表 info table" in shown
    assert "隐藏文字（样式表移出页面或裁为零） hidden text (style sheet)" in shown
    assert make_files.PARAGRAPHS[3] in shown


def test_control_characters_of_a_page_do_not_reach_the_terminal(tmp_path, capsys):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><title>\x1b]0;x\x07通知</title><div id=zoom><p>到2025年，全县\x1b[31m毛入园率达到92%以上。\u202e</p></div>"
        "<div class='share\x1b[2J'>分享\x9b2J</div>",
        encoding="utf-8",
    )
    assert main(["show", str(path), "--page"]) == 0
    shown = capsys.readouterr().out
    assert "毛入园率" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", shown)


def test_lines_of_the_site_within_the_text_are_shown_where_they_stood(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><title>青溪县教育大会召开</title><div id=zoom><p>（原标题：青溪县教育大会召开）</p>"
        "<p>4月18日，青溪县召开教育大会，总结五年来的工作，部署今后一个时期的重点任务。</p><p>责任编辑：张三</p></div>",
        encoding="utf-8",
    )
    view = view_page(path)
    assert [reason for _, reason in view.lines] == ["original_title", None, "editor"]
    assert any("← 编辑署名 editor" in line.plain for line in page_report(view))


SPAM = "国产精品原创AV片国产日韩,亚洲婷婷五月综合狠狠,av色综合久久"


def test_what_repair_took_out_is_shown_where_it_stood_and_counted(tmp_path, capsys):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><title>青溪县教育大会召开</title><div id=zoom><p>4月18日，青溪县召开教育大会，部署今后一个时期的重点任务。</p>"
        f"<p>{SPAM}</p><p>会议强调，要落实立德树人根本任务。</p><p>责任编辑：张三</p></div></html>",
        encoding="utf-8",
    )
    view = view_page(path)
    assert [reason for _, reason in view.lines] == [None, "injected_spam", None, "editor"]
    assert main(["show", str(path), "--page"]) == 0
    shown = capsys.readouterr().out
    assert f"- {SPAM}  ← 被植入的垃圾文字 injected spam" in shown
    assert "删去 left out: 2 处 pieces（正文里 within the text 2，正文外 outside of it 0）" in shown
    assert "- 编辑署名 editor (1)" in shown


def test_the_number_of_pieces_is_that_of_the_pieces_shown(page):
    view = view_page(page)
    lines = [line.plain for line in page_report(view)]
    last = next(line for line in lines if "删去 left out" in line)
    n_marked = sum("  ← " in line for line in lines)
    total, within, outside = (int(n) for n in re.findall(r"\d+", last))
    assert (total, within, outside) == (n_marked + len(view.page.dropped), n_marked, len(view.page.dropped))


def test_every_reason_has_a_chinese_name():
    reasons = {row["reason"] for row in lexicon.table("furniture.tsv")}
    reasons |= {*unwanted.UNSEEN_TAGS.values(), *unwanted.WRAPPER_TAGS.values(), *unwanted.HARD_REASONS}
    reasons |= _PASSAGES
    reasons |= {
        beside.BESIDE,
        stylesheet.CERTAIN,
        stylesheet.LIKELY,
        main_text.NEARLY_ALL,
        "site furniture (x)",
    }
    for code in ("main_text", "__init__", "info_table", "stored_text"):
        source = (Path(main_text.__file__).parent / f"{code}.py").read_text(encoding="utf-8")
        reasons |= set(re.findall(r'Main\(.*?, "([^"]+)"', source))
    plain = [r for r in sorted(reasons) if in_both_languages(r) == r.replace("_", " ")]
    assert not plain


def test_the_file_of_reasons_names_each_once():
    with lexicon.model_path("drop_reasons.csv").open(encoding="utf-8") as file:
        names = [row[0] for row in csv.reader(line for line in file if not line.startswith("#"))]
    assert len(names) == len(set(names))


def test_a_file_that_is_no_page_says_so(tmp_path, capsys):
    path = tmp_path / "a.html"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert main(["show", str(path), "--page"]) == 2
    assert "PNG" in capsys.readouterr().err
