"""Pages: what each format gives, what pages say about themselves, and what hostile files do not do."""

import contextlib
import dataclasses
import json
import struct
import time
from pathlib import Path

import make_files
import pytest
from effort import takes_less_than
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decode import decode as decode_for_real
from pipeline.errors import EmptyPageError, PageError
from pipeline.flow import analyse
from pipeline.pages import READERS, read_page
from pipeline.pages.html import declared_charset
from pipeline.pages.paragraphs import paragraphs
from pipeline.pages.sniff import sniff
from pipeline.pages.text import without_tags
from pipeline.records import DecodedText, PageFacts, RawFile

PLAN_DOC = (Path(__file__).parent / "files" / "plan.doc").read_bytes()

CASES = Path(__file__).parent / "cases" / "pages"
CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "state_council_html"


def plain_decode(raw, declared):
    """Stands in for the decoder: strict trials, the declared charset first."""
    for encoding in ("utf-8-sig", declared or "utf-8", "gb18030", "big5"):
        try:
            return DecodedText(raw.decode(encoding), encoding, "trial")
        except (UnicodeError, LookupError):
            continue
    return DecodedText(raw.decode("gb18030", "replace"), "gb18030", "last resort")


def read(raw, name="page.html", decode=plain_decode):
    return read_page(RawFile(name, raw if isinstance(raw, bytes) else raw.encode()), decode)


def cases(name):
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True)] if case["kind"] == "known_failure" else [],
        )
        for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    ]


# --- HTML -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("html_text"))
def test_html_text(case):
    assert read(f"<html><body>{case['text']}").text == case["expect"]


@pytest.mark.parametrize("case", cases("page_facts"))
def test_page_facts(case):
    assert read(f"<html>{case['text']}").facts == PageFacts(**case["expect"])


@pytest.mark.parametrize("case", cases("absent_text"))
def test_a_page_whose_text_is_not_in_its_file_says_why(case):
    expect = case["expect"]
    analysis = analyse(RawFile("page.html", f"<html>{case['text']}".encode()))
    assert analysis.row.status == expect["status"]
    assert (expect["error"] or "") in (analysis.row.error or "")
    assert bool(analysis.row.error) == bool(expect["error"])
    assert (analysis.reading.text if analysis.reading else None) == expect["text"]


@pytest.mark.parametrize("name", make_files.TEMPLATES)
def test_the_text_of_every_template_is_found(name):
    page = read(make_files.TEMPLATES[name]())
    lines = page.text.split("\n")
    assert [line for line in make_files.PARAGRAPHS if line not in lines] == []
    assert page.facts.title == make_files.TITLE


@pytest.mark.parametrize("name", make_files.TEMPLATES)
def test_nothing_of_the_site_is_taken_for_text(name):
    text = read(make_files.TEMPLATES[name]()).text
    strangers = (
        "隐藏",
        "脚本",
        "首页",
        "分享",
        "网站标识码",
        "版权",
        "索引号",
        "点击",
        "上一条",
        "热门",
        "框架",
        "标志",
        "地址",
    )
    assert [word for word in strangers if word in text] == []


def test_what_is_left_out_is_recorded_with_its_reason():
    dropped = {record.reason: record.text for record in read(make_files.trs_page()).dropped}
    assert dropped["style sheet"].startswith(".TRS_Editor")
    assert dropped["site furniture (bdsharebuttonbox)"] == "分享到：微信微博"
    assert dropped["info table"].startswith("索 引 号")
    assert "政民互动" in dropped["outside of the main text"]


def test_the_info_table_gives_facts_and_is_not_part_of_the_text():
    page = read(make_files.trs_page())
    assert page.facts == PageFacts(
        make_files.TITLE, "青溪县教育局", "2023-04-18", "青溪县教育局", "青教发〔2023〕18号", None,
        index_number="QX010/2023-00031", written_date="2023-04-12", site="青溪县人民政府",
    )  # fmt: skip
    assert "QX010" not in page.text


def test_the_address_of_a_crawled_page_is_kept():
    page = read_page(
        RawFile("a.html", make_files.ucap_page().encode(), "http://example.test/1"), plain_decode
    )
    assert page.facts.url == "http://example.test/1"


@pytest.mark.parametrize("template", [make_files.trs_page, make_files.zoom_table_page])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "x-unknown"])
def test_the_declared_charset_is_only_a_hint_to_the_decoder(template, encoding, declared):
    markup = template(declared)
    asked = []

    def decode(raw, hint):
        asked.append(hint)
        return DecodedText(raw.decode(encoding), encoding, "known")

    page = read(markup.encode(encoding), decode=decode)
    assert asked == [declared]
    assert page.encoding == encoding
    assert make_files.PARAGRAPHS[3] in page.text


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5", ""])
@pytest.mark.parametrize("template", [make_files.trs_page, make_files.zoom_table_page])
def test_with_the_real_decoder_a_wrong_or_missing_charset_does_no_harm(template, encoding, declared):
    page = read(template(declared).encode(encoding), decode=decode_for_real)
    assert page.facts.title == make_files.TITLE
    assert page.text == make_files.TRS_TEXT


@pytest.mark.parametrize("declared", ["big5", "utf-8", "gb2312", ""])
def test_with_the_real_decoder_a_big5_page_is_read(declared):
    page = read(make_files.traditional_page(declared).encode("big5"), decode=decode_for_real)
    assert "縣財政每年投入1200萬元，為各學校改善辦學條件。" in page.text


def test_a_big5_page_without_charset():
    markup = make_files.traditional_page().replace(
        '<meta http-equiv="Content-Type" content="text/html; charset=big5">', ""
    )
    page = read(
        markup.encode("big5"), decode=lambda raw, hint: DecodedText(raw.decode("big5"), "big5", str(hint))
    )
    assert page.facts.title == "青溪縣推動學前教育提升"
    assert "每年投入1200萬元" in page.text


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="GBK">', "gbk"),
        (b"<META content='text/html; charset=gb2312' http-equiv=Content-Type>", "gb2312"),
        (b'<?xml version="1.0" encoding="big5"?><html>', "big5"),
        (b"<html><head>", None),
        (b"<p>charset=gbk</p>", None),
    ],
)
def test_declared_charset(head, charset):
    assert declared_charset(head) == charset


def test_cells_that_are_no_table_stay_beside_the_one_sentence_of_a_page():
    cells = ["岗位名称", "招聘人数", "小学语文", "12", "小学数学", "10", "初中英语", "5"]
    sentence = "报名时间为2024年5月6日至10日，报名地点在县教育局三楼会议室。"
    lines = "".join(f"<div>{line}</div>" for line in (*cells, sentence))
    page = read(f"<html><body><div class=content><h1>青山县招聘教师岗位表</h1>{lines}</div></body></html>")
    assert page.text.split("\n") == ["青山县招聘教师岗位表", *cells, sentence]


def test_a_headline_that_the_title_tag_repeats_stands_above_the_text():
    title, body = "关于做好春季防火工作的通知", "<p>各乡镇要落实防火责任，配备巡查人员。</p>" * 3
    page = read(f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div>")
    assert page.text.split("\n")[:2] == [title, "各乡镇要落实防火责任，配备巡查人员。"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not beside this checkout")
def test_titles_of_real_pages():
    for line in (CORPUS / "metadata.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        page = read((CORPUS / known["file"]).read_bytes())
        assert page.facts.title == known["title"]
        assert known["doc_number"].startswith("国令") or known["doc_number"] in page.text


HEAD = "<html><head><title>青溪县通知</title></head><body>"
SENTENCE = "到2025年，全县毛入园率达到92%以上。"
HOSTILE = {
    "prefixed names nested 10,000 deep": HEAD + '<o:p v:x="1" 2=3>' * 10_000 + SENTENCE,
    "nested 10,000 deep": HEAD + "<div>" * 10_000 + SENTENCE,
    "nested with spans": HEAD + "<p><span><b>" * 5_000 + SENTENCE,
    "tables nested 5,000 deep": HEAD + "<table><tr><td>" * 5_000 + SENTENCE,
    "one line of 5 MB": HEAD + "<p>" + "全" * 1_700_000 + SENTENCE,
    "white space without end": HEAD + "<p>" + " \n" * 1_000_000 + SENTENCE,
    "null bytes": HEAD.replace("<", "\0<") + "<\0p>" + SENTENCE[:5] + "\0" + SENTENCE[5:],
    "broken tags": HEAD + "</b><x></i" * 20_000 + "><p>" + SENTENCE + "<p",
    "an attribute of 1 MB": HEAD + f'<p class="{"a " * 300_000}" style="{"display" * 50_000}">' + SENTENCE,
    "external entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;' + SENTENCE,
    "many scripts": HEAD + "<script>x</script>" * 20_000 + SENTENCE,
    "many small blocks of one name": HEAD + "<div class=content>" * 3_000 + SENTENCE,
    "unclosed comment": HEAD + SENTENCE + "<!--" + "-" * 1_000_000,
    "less-than signs": HEAD + "<p>" + SENTENCE + "<p>" + "<" * 300_000,
    "nested furniture of prose": HEAD + f"<div class=comment><p>{SENTENCE}</p>" * 1_500,
    "nested and hidden by a style sheet": HEAD
    + "<style>.a{display:none}</style>"
    + "<div class=a>" * 1_900
    + SENTENCE,
    "a style sheet of braces": HEAD + "<style>" + "{" * 300_000 + "}/*" * 100_000 + "</style>" + SENTENCE,
    "links to files everywhere": HEAD
    + f"<div id=zoom>{SENTENCE}</div>"
    + "<div><a href=a.doc>附件</a></div>" * 20_000,
    "data of a script without end": HEAD
    + "<script id=__NEXT_DATA__>"
    + "[" * 100_000
    + "</script>"
    + SENTENCE,
    "strings of a script without end": HEAD
    + "<script>a='全"
    + "\\'" * 400_000
    + "\"'`" * 100_000
    + "</script>"
    + SENTENCE,
    "cells that span everything": HEAD
    + SENTENCE
    + "<table>"
    + "<tr><td rowspan=500 colspan=60>长长长长长长长长长长长长长长长</td><td>1</td></tr>" * 3_000
    + "</table>",
    "surrogates": HEAD + "<p>&#xD800;&#xFFFFFFFF;" + SENTENCE,
    **{
        f"data of a script: {name}": f"{HEAD}<p>{SENTENCE}</p><script>{code}</script>"
        for name, code in {
            "deep": '{"title":"防' * 100_000,
            "comments that never end": "/*title 防" * 150_000,
            "percent signs": 'title 防 "' + "%E4" * 300_000,
            "base64": 'title="防";' + ('"' + "A" * 79 + '"') * 8_000,
            "parsed strings": 'title="防";' + 'JSON.parse("{' * 50_000,
            "a list of values": '[["防",1],{' + '"a":1 ' * 200_000,
            "parameters": "(function(" + "a," * 9_000 + "b){return {title:a}}(" + '"防",' * 9_000 + "0))",
        }.items()
    },
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_html_is_read_in_good_time(markup):
    page = read(markup)
    assert SENTENCE in page.text
    assert "root:" not in page.text
    assert takes_less_than(5, lambda: read(markup))


def test_cells_that_span_everything_do_not_swell_the_text():
    markup = HOSTILE["cells that span everything"]
    assert len(read(markup).text) < len(markup)


@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<sup>",
                "<br>",
                "<ul><li>",
                '<p style="display:none">',
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "字。",
                "2",
                " ",
                "\n",
                "<a href=x>",
                "<form>",
                "&amp;",
                "<",
            ]
        )
    )
)
def test_html_of_any_shape_is_read_or_refused(pieces):
    try:
        text = read("<html>" + "".join(pieces)).text
    except PageError:
        return
    assert text == paragraphs(text)


# --- text -------------------------------------------------------------------------------------------------


def test_a_text_page_is_kept_as_it_is():
    raw = "　　一、总体要求\r\n\r\n坚持  全面覆盖。\r\r\n規(guī)劃?？h&nbsp;\\r\\n".encode()
    page = read(raw, "a.txt")
    assert page.text == "一、总体要求\n坚持  全面覆盖。\n規(guī)劃?？h&nbsp;\\r\\n"
    assert page.dropped == ()


LINES = [f"{n}、坚持全面覆盖，新增学位{n}00个，各乡镇认真组织实施。" for n in range(1, 9)]


def _with_fonts():
    return [f"<font size=3>{line}</font>" if n % 2 else line for n, line in enumerate(LINES)]


def _with_pictures():
    script = ['<a href="http://example.org">', "<script>var a = 1;</script>", '<div class="x"></div>']
    return [LINES[0], *script, *(part for line in LINES[1:] for part in ('<img src="/5.jpg" />', line))]


@pytest.mark.parametrize(
    "lines", [_with_fonts(), _with_pictures(), [LINES[0], '<img src="/5.jpg">', *LINES[1:]]]
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_tags_left_in_a_text_are_taken_off_and_its_lines_stay_paragraphs(lines, charset):
    page = read("\n".join(lines).encode(charset), "a.txt")
    assert page.text.split("\n") == LINES
    assert [dropped.reason for dropped in page.dropped] == ["tags left in a text"]


@pytest.mark.parametrize(
    "line",
    [
        "当a<b时，误差<30%>，x<p或p>0.05。",
        "提及<b>标签</b>与<p>的文本",
        "《<font>与<img>的用法》",
        "投入<产出",
        "<30%>" * 9,
    ],
)
def test_a_text_with_other_angles_stays(line):
    page = read("\n".join([*LINES, line]).encode(), "a.txt")
    assert page.text.split("\n") == [*LINES, line]
    assert page.dropped == ()


@pytest.mark.parametrize(
    "markup", ["<script>", "<font a=", "<p>", "<b ", "< ", '<img src="x">\n', "<script></style>"]
)
def test_tags_without_end_are_looked_at_in_good_time(markup):
    start = time.process_time()
    without_tags(markup * 20_000)
    assert time.process_time() - start < 2


def test_lines_of_a_page_that_has_paragraphs_of_its_own_are_none():
    assert sniff("<br>\n".join(LINES).encode(), "a.txt") == "html"
    assert sniff("\n".join(["<title>通知</title>", *_with_fonts()]).encode(), "a.txt") == "html"


def test_bytes_read_as_latin_1_keep_their_half_characters():
    text = "公文，堠".encode().decode("latin-1")
    assert paragraphs(text) == text


@given(st.text(alphabet="一。 \t\u3000\xa0\r\n\x85Aå"))
def test_paragraphs_twice_is_paragraphs_once(text):
    once = paragraphs(text)
    assert paragraphs(once) == once
    assert "\n\n" not in once


# --- which reader -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (b"<!DOCTYPE html><p>1", "a.txt", "html"),
        (b"\xef\xbb\xbf \n<!-- saved --><html>", "a.txt", "html"),
        ("<html><p>字".encode("utf-16"), "a.txt", "html"),
        ("通知".encode("utf-16"), "a.txt", "text"),
        ("字".encode() + b"<p>x</p><p>x</p><div><br>", "a.txt", "html"),
        ("提及<b>标签</b>与<p>的文本".encode(), "a.txt", "text"),
        ("通知，没有标签。".encode("gbk"), "a.html", "text"),
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "index.html", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a.html", "a JPEG image"),
        (b"MZ\x90\0\x03", "a.html", "a program (Windows)"),
        (b"\x7fELF\x02", "a.txt", "a program (Linux)"),
        (b"Rar!\x1a\x07", "a.txt", "a RAR archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "a broken old Office document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8,
            "a.xls",
            "a broken old Office document",
        ),
        (PLAN_DOC, "a.txt", "doc"),
        (PLAN_DOC[:2048], "a.doc", "a broken old Office document"),
        ("四个强化，夯实创建责任。\n到2025年新增学位1200个。".encode("utf-16-le"), "a.txt", "text"),
        ("四个强化".encode("utf-16-be"), "a.txt", "text"),
        ("四个强化".encode("utf-32-le"), "a.txt", "text"),
        (struct.pack("<900h", *range(-450, 450)), "a.txt", "binary data of an unknown kind"),
        (b"{\\rtf1", "a.doc", "rtf"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0", "a.mht", "mht"),
        (make_files.compound_directory("WordDocument"), "a.xls", "doc"),
        (make_files.compound_directory("Workbook"), "a.doc", "xls"),
        (make_files.compound_directory("WordDocument", "Workbook"), "a.et", "xls"),
        (make_files.compound_directory("WordDocument", "Workbook"), "a.wps", "doc"),
        (make_files.compound_directory("EncryptedPackage"), "a.docx", "an Office document with a password"),
        (b"<table><tr><td>1</td></tr></table>", "a.xls", "html"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>',
            "a.doc",
            "a Microsoft Word 2003 XML document",
        ),
        (make_files.tar_file({"ustar.txt": b"x"}), "a.txt", "a tar archive"),
        (b"ustar is the name of a format", "a.txt", "text"),
        (make_files.zip_file({"xl/workbook.xml": b"x"}), "a.txt", "xlsx"),
        (
            make_files.zip_file(
                {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"}
            ),
            "a",
            "odt",
        ),
        (bytes(range(256)) * 9, "a.txt", "binary data of an unknown kind"),
        (make_files.zip_file({"a.txt": b"x"}), "a.html", "a zip archive"),
        (make_files.zip_file({"OFD.xml": b"x"}), "a.ofd", "ofd"),
        (make_files.zip_file({"word/document.xml": b"x"}), "a.txt", "docx"),
    ],
)
def test_a_file_is_what_its_bytes_say(raw, name, kind):
    assert sniff(raw, name) == kind
    if kind not in dict(READERS):
        with pytest.raises(PageError, match="this is ") as caught:
            read(raw, name)
        assert kind in str(caught.value)


@pytest.mark.parametrize("raw", [b"", b" \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0"])
def test_an_empty_input_says_so(raw):
    with pytest.raises(EmptyPageError, match="holds no text"):
        read(raw, "a.txt")


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<html><script>x</script>", "<p style='display:none'>字</p>"]
)
def test_a_page_without_text_says_so(markup):
    with pytest.raises(EmptyPageError, match="holds no text"):
        read(markup)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.txt", "a.docx", "a.pdf"]))
def test_bytes_of_any_kind_are_read_or_refused(raw, name):
    with contextlib.suppress(PageError):
        read(raw, name)


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 10_000))
def test_a_damaged_word_or_pdf_file_is_read_or_refused(noise, place):
    for raw in (DOCX, PDF):
        at = place % len(raw)
        with contextlib.suppress(PageError):
            read(raw[:at] + noise + raw[at + len(noise) :], "a")


# --- Word -------------------------------------------------------------------------------------------------

DOCX = make_files.docx_file()
PDF = make_files.pdf_file(make_files.printed(make_files.PARAGRAPHS), title="Microsoft Word - 青溪县方案.doc")


def test_a_word_file_is_read_in_document_order():
    page = read(DOCX, "a.docx")
    assert page.text.split("\n") == [
        make_files.TITLE,
        make_files.PARAGRAPHS[0],
        "指标\t目标",
        "毛入园率\t92%",
        "新增公办学位1200个，面积500m²。",
        "内容控件里的一段。",
        "一、总体要求",
        "二、主要任务",
        "（一）扩充资源。",
        "（二）建强队伍。",
        "三、组织保障",
        "（一）加强领导。",
    ]
    assert page.facts.title == make_files.TITLE
    assert [dataclasses.astuple(record) for record in page.dropped] == [("hidden text", "看不见的字")]


def test_a_word_table_inside_a_table_is_read_once():
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>内一</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>内二</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p></w:tc><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    body = f"<w:document {make_files.nsdecls('w')}><w:body>{outer}<w:p><w:r><w:t>后</w:t></w:r></w:p></w:body></w:document>"
    assert read(make_files.docx_with(body.encode()), "a.docx").text == "外\t内一 内二\n后"


def test_a_word_file_with_entities_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
    with pytest.raises(PageError, match="entities"):
        read(make_files.docx_with(bomb), "a.docx")


def test_a_word_file_that_grows_too_much_is_refused():
    with pytest.raises(PageError, match="grows from"):
        read(make_files.docx_with(b"<w:document>" + b" " * 3_000_000), "a.docx")


def test_a_word_file_nested_too_deep_is_refused_or_read():
    with pytest.raises(PageError):
        read(make_files.docx_with(b"<a>" * 100_000), "a.docx")


# --- PDF --------------------------------------------------------------------------------------------------


def test_lines_of_a_pdf_are_joined_and_running_heads_dropped():
    page = read(PDF, "a.txt")
    assert page.text == make_files.BODY
    assert page.facts.title == "青溪县方案"
    assert sorted({record.text for record in page.dropped}) == ["— 1 —", "— 2 —", "青溪县教育局文件"]


def test_a_sentence_that_ends_at_the_margin_does_not_end_its_paragraph():
    paragraph = "全" * 31 + "。" + "全" * 33 + "；" + "后半段。"
    assert (
        read(make_files.pdf_file(make_files.printed([paragraph, "下一段。"], per_page=2)), "a.pdf").text
        == f"{paragraph}\n下一段。"
    )


def test_one_line_paragraphs_that_fill_their_lines_are_not_joined():
    paragraphs = ["全" * 31 + "。", "面" * 31 + "。", "长" * 60 + "。", "短。"]
    page = read(make_files.pdf_file(make_files.printed(paragraphs, per_page=2)), "a.pdf")
    assert page.text.split("\n") == paragraphs


def test_paragraphs_without_indent_end_at_a_closing_mark():
    lines = ("全" * 33 + "。", "面" * 34, "长" * 20 + "。", "一、" + "短" * 32, "（一）目标。")
    placed = [(90.0, 740.0 - 28 * row, text) for row, text in enumerate(lines)]
    page = read(make_files.pdf_file([placed]), "a.pdf")
    assert page.text.split("\n") == [lines[0], lines[1] + lines[2], lines[3], lines[4]]


def test_attachments_that_head_their_pages_are_no_running_heads():
    pages = [[(90.0, 740.0, f"附件{n}"), (114.0, 700.0, f"第{n}份材料的说明。")] for n in (1, 2, 3)]
    assert read(make_files.pdf_file(pages), "a.pdf").text.count("附件") == 3


def test_a_scanned_pdf_needs_ocr():
    with pytest.raises(PageError, match="needs OCR"):
        read(make_files.pdf_file([[], []]), "a.pdf")


def test_a_page_without_text_layer_among_others_is_recorded():
    page = read(make_files.pdf_file([[(90.0, 700.0, "第一页的字。")], []]), "a.pdf")
    assert [(record.reason, record.text) for record in page.dropped] == [
        ("page without text layer: it needs OCR", "page 2")
    ]


def test_a_broken_pdf_is_refused():
    with pytest.raises(PageError, match="broken"):
        read(b"%PDF-1.4\nnothing here", "a.pdf")


def test_an_encrypted_pdf_is_refused():
    with pytest.raises(PageError, match="encrypted"):
        read(make_files.encrypted_pdf(), "a.pdf")


# --- pages that were misread as a whole -------------------------------------------------------------------


def _saved(title, layer):
    """A page as a script saves that takes its bytes for another encoding, under a headline in its markup."""
    body = "".join(f"<p>{line}</p>" for line in make_files.PARAGRAPHS)
    bar = "<div>发布时间：2023-04-18 09:30　来源：青溪县教育局</div>"
    markup = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{bar}<div>{body}</div></body></html>"
    )
    return layer(markup).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_read_as_latin1_says_its_title_source_and_date(encoding):
    raw = _saved(make_files.TITLE, lambda markup: markup.encode(encoding).decode("latin-1"))
    row = analyse(RawFile("a.html", raw)).row
    assert (row.title, row.outlet, row.publish_date) == (make_files.TITLE, "青溪县教育局", "2023-04-18")


@pytest.mark.parametrize("reference", ["&amp;#{};", "&amp;#{}"], ids=["closed", "open"])
def test_a_long_title_of_references_escaped_twice_is_read_whole(reference):
    title = f"{make_files.TITLE}（附各乡镇中小学幼儿园布局调整与教师编制配备任务分解表）"
    escaped = "".join(reference.format(ord(char)) for char in title)
    raw = _saved(title, lambda markup: markup.replace(title, escaped))
    row = analyse(RawFile("a.html", raw)).row
    assert (row.title, row.publish_date) == (title, "2023-04-18")


def test_notes_in_square_brackets_in_a_headline_are_told_by_its_page():
    noted = "青溪县教育局关于印发[fā]规[guī]划的通知"
    body = "<p>各学校要做好规[guī]划，发[fā]展教育，提高质[zhì]量，优[yōu]化结[jié]构。</p>" * 3
    page = f"<html><title>{noted}</title><body><h1>{noted}</h1><div>{body}</div></body></html>"
    assert analyse(RawFile("a.html", page.encode())).row.title == "青溪县教育局关于印发规划的通知"


def test_one_pinyin_note_in_a_headline_is_told_by_its_page():
    noted = "青溪縣教育局關于印發(fā)規(guī)劃的通知"
    body = "<p>各學校要做好規(guī)劃，發(fā)展教育，提高質(zhì)量，優(yōu)化結(jié)構(gòu)。</p>" * 3
    page = f"<html><title>{noted}</title><body><h1>{noted}</h1><div>{body}</div></body></html>"
    assert analyse(RawFile("a.html", page.encode())).row.title == "青溪县教育局关于印发规划的通知"


def test_a_question_in_a_title_stays():
    page = "<html><title>问答</title><body><h1>什么是双减？家长怎么做？</h1><div><p>双减是减轻学生负担。</p></div></body></html>"
    assert analyse(RawFile("a.html", page.encode())).row.title == "什么是双减？家长怎么做？"


# --- what a file is ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opening", ["<!-- x -->", "<?xml ?>", "<!-- x --> <?xml ?>\n", "<!--", " ", "<!---->"]
)
@pytest.mark.parametrize("rest", ["<p>", "", "<html"])
def test_comments_before_a_page_are_looked_at_once(opening, rest):
    page = (opening * 8000).encode() + rest.encode()
    assert takes_less_than(1, lambda: sniff(page, "a.html"))


def test_a_page_behind_any_number_of_comments_is_one():
    assert (
        sniff(b'<?xml version="1.0"?>' + b"<!-- made by a program -->\n" * 9 + b"<HTML lang=zh>", "a.txt")
        == "html"
    )
    assert sniff("<!-- 未完".encode() + b"<html>", "a.txt") == "text"
