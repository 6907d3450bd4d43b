"""Readers of office formats: what each gives from real files, and what hostile ones do not do."""

import contextlib
import datetime
import email.message
import email.policy
import io
import shutil
import time
from itertools import pairwise
from pathlib import Path

import make_files
import make_office
import openpyxl
import pytest
from effort import takes_less_than
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import filled_rows
from pipeline.decode import decode
from pipeline.errors import PageError, PipelineError
from pipeline.pages import read_page
from pipeline.pages.isolation import close_room
from pipeline.pages.layout import Line, join_lines
from pipeline.pages.sheets import merged
from pipeline.records import Dropped, RawFile
from pipeline.settings import Settings

FILES = Path(__file__).parent / "files"
TIGHT = Settings(seconds_per_document=20, memory_per_document=1024**3)
has_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
has_antiword = pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")

PLAIN = "\n".join((make_files.TITLE, *make_files.PARAGRAPHS, "指标\t目标", "毛入园率\t92%"))


def read(raw, name):
    return read_page(RawFile(name, raw), decode, TIGHT)


def refuses(raw, name, letter):
    with pytest.raises(PageError, match=letter) as caught:
        read(raw, name)
    assert "internal error" not in str(caught.value)


def read_or_letter(raw, name):
    """What a file gives, or the letter it is refused with; a bug of a reader is no letter."""
    try:
        return read(raw, name).text
    except PipelineError as error:
        letter = str(error)
    assert "internal error" not in letter
    return letter


@pytest.fixture
def only(monkeypatch, tmp_path):
    """Leave only some programs on the path."""

    def choose(*programs):
        for program in programs:
            (tmp_path / program).symlink_to(shutil.which(program))
        monkeypatch.setenv("PATH", str(tmp_path))
        close_room()

    yield choose
    close_room()


# --- old Word, WPS, RTF, OpenDocument ---------------------------------------------------------------------

PLAN = (
    make_files.TITLE,
    make_files.PARAGRAPHS[0],
    "指标\t目标",
    "毛入园率\t92%",
    "新增公办学位1200个，面积500m²。",
)


@has_libreoffice
@pytest.mark.parametrize("name", ["plan.doc", "plan.wps", "通知.txt"])
def test_an_old_word_file_is_read_as_word_prints_it(name):
    page = read((FILES / "plan.doc").read_bytes(), name)
    numbered = (
        "一、总体要求",
        "二、主要任务",
        "（一）扩充资源。",
        "（二）建强队伍。",
        "三、组织保障",
        "（一）加强领导。",
    )
    assert page.text.split("\n") == [*PLAN, *numbered]
    assert page.encoding == "doc"
    assert page.unread is None
    assert Dropped("hidden text", "看不见的字") in page.dropped


@has_antiword
def test_with_antiword_alone_automatic_numbers_are_missed_and_the_page_says_so(only):
    only("antiword")
    page = read((FILES / "plan.doc").read_bytes(), "plan.doc")
    bare = ("总体要求", "主要任务", "扩充资源。", "建强队伍。", "组织保障", "加强领导。")
    assert page.text.split("\n") == [*PLAN, *bare]
    assert "automatic numbers" in page.unread


@has_libreoffice
@pytest.mark.parametrize("name", ["plain.rtf", "plain.odt"])
def test_rich_text_and_open_document_texts_are_read(name):
    page = read((FILES / name).read_bytes(), name)
    assert page.text == PLAIN
    assert page.encoding == name[-3:]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("plan.doc", "install libreoffice-writer .better. or antiword"),
        ("plain.rtf", "install libreoffice-writer"),
        ("plain.odt", "install libreoffice-writer"),
        ("targets.ods", "install libreoffice-calc"),
    ],
)
def test_without_a_program_the_letter_says_what_to_install(only, name, letter):
    only()
    refuses((FILES / name).read_bytes(), name, letter)


@has_libreoffice
def test_a_document_cannot_make_its_converter_read_or_fetch_anything(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密的内容")
    included = f'{{\\field{{\\*\\fldinst INCLUDETEXT "{secret}"}}{{\\fldrslt old}}}}'
    markup = "{\\rtf1\\ansi " + included + " end}"
    assert "秘密的内容" not in read(markup.encode(), "a.rtf").text


# --- spreadsheets -----------------------------------------------------------------------------------------

TARGETS = [
    "目标表",
    "青溪县学前教育目标表",
    "序号\t指标\t2025年目标\t完成时限",
    "1\t学前三年毛入园率\t92.5%\t2025年12月",
    "2\t生均用地\t15.0平方米\t2024-06-30",
    "3\t新增学位\t1200\t",
]


def test_a_workbook_is_read_row_by_row_as_it_prints_its_numbers():
    page = read(make_office.xlsx_file(), "附表.xlsx")
    # openpyxl has calculated nothing, so the formula has no value; nothing is calculated here either
    assert page.text.split("\n") == [*TARGETS, "4\t合计\t\t", "第二表", "是\t0.3", "远处"]
    assert page.dropped == (Dropped("hidden sheet", "隐藏"),)


@pytest.mark.parametrize("name", ["targets.xls", "targets.et"])
def test_an_old_workbook_gives_the_same_with_the_saved_value_of_its_formula(name):
    page = read((FILES / "targets.xls").read_bytes(), name)
    assert page.text.split("\n") == [*TARGETS, "4\t合计\t2400\t", "第二表", "是\t0.3"]
    assert page.dropped == (Dropped("hidden sheet", "隐藏"),)


@pytest.mark.skipif(
    not list(Path("/usr/lib/libreoffice/program").glob("libscfiltlo.so")), reason="no LibreOffice Calc"
)
def test_an_open_document_workbook_gives_the_same():
    page = read((FILES / "targets.ods").read_bytes(), "targets.ods")
    assert page.text.split("\n") == [*TARGETS, "4\t合计\t2400\t", "第二表", "是\t0.3"]


def test_a_workbook_with_more_cells_than_a_table_has_is_refused(monkeypatch):
    from pipeline.pages import sheets

    monkeypatch.setattr(sheets, "_MAX_CELLS", 10)
    with pytest.raises(PageError, match="more than 10 filled cells"):
        sheets.read_xlsx(RawFile("a.xlsx", make_office.xlsx_file()), decode)


# --- OFD --------------------------------------------------------------------------------------------------


def test_lines_of_an_ofd_are_joined_and_running_heads_dropped():
    pages = make_office.ofd_printed(make_files.PARAGRAPHS)
    page = read(make_office.ofd_file(pages, title="青溪县方案", template="青溪县教育局文件"), "a.ofd")
    assert page.text == make_files.BODY
    assert page.facts.title == "青溪县方案"
    assert sorted({record.text for record in page.dropped}) == ["— 1 —", "— 2 —", "青溪县教育局文件"]


def test_an_ofd_of_pictures_needs_ocr():
    refuses(make_office.ofd_file([[], []]), "a.ofd", "needs OCR")
    page = read(make_office.ofd_file([[(20, 50, "有字的一页。")], []]), "a.ofd")
    assert page.unread == "page 2 of 2 without text layer: OCR is needed to read them"


@pytest.mark.parametrize(
    "location", ["../../../../etc/passwd", "/etc/passwd", "Pages/none.xml", "\\\\host\\x", "", "http://x/"]
)
def test_a_page_of_an_ofd_that_lies_elsewhere_is_no_page(location):
    document = make_office.ofd_file([[(20, 50, "第一页。")]])
    part = f'<Document><CommonData/><Pages><Page ID="1" BaseLoc="{location}"/></Pages></Document>'.encode()
    with contextlib.suppress(PageError):
        assert "root" not in read(make_office.replaced(document, {"Doc_0/Document.xml": part}), "a.ofd").text


@pytest.mark.parametrize("numbers", ["inf", "nan", "1e308", "g 99999999 1", "-1", "x", "1" * 5000])
def test_hostile_numbers_of_an_ofd_are_read_or_refused(numbers):
    content = (
        f'<Page><Content><Layer><TextObject Boundary="{numbers} {numbers} 1 1" Size="{numbers}">'
        f'<TextCode X="{numbers}" Y="1" DeltaX="{numbers}">总体要求</TextCode></TextObject></Layer></Content></Page>'
    )
    raw = make_office.replaced(
        make_office.ofd_file([[]]), {"Doc_0/Pages/Page_0/Content.xml": content.encode()}
    )
    assert read_or_letter(raw, "a.ofd")


# --- saved web archives -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "通知.doc"])
def test_the_page_of_a_web_archive_is_read(name):
    page = read(make_office.mht_file(make_files.trs_page("gb2312")), name)
    assert page.text == make_files.TRS_TEXT
    assert page.facts.title == make_files.TITLE
    assert page.facts.url == "http://example.test/art/1.html"


def letter(body, charset="gb18030", *, kind="plain", attached=None):
    message = email.message.EmailMessage(email.policy.SMTP)
    message["From"], message["Subject"] = "县教育局 <jyj@qingxi.gov.cn>", make_files.TITLE
    message.set_content(body, subtype=kind, charset=charset, cte="base64")
    if attached is not None:
        message.add_attachment(attached, "application", "zip", filename="附件.zip")
    return b"Received: from mail.qingxi.gov.cn\r\n" + message.as_bytes()


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_letter_and_a_page_saved_by_an_older_browser_are_read(kind):
    body = (
        f"<html><body><p>{make_files.PARAGRAPHS[0]}</p></body></html>"
        if kind == "html"
        else make_files.PARAGRAPHS[0]
    )
    page = read(letter(body, kind=kind), "来文.eml")
    assert (page.text, page.facts.title, page.unread) == (make_files.PARAGRAPHS[0], make_files.TITLE, None)
    old = make_office.mht_file(make_files.trs_page("gb2312")).replace(
        b"From: <Saved by Blink>", b'From: "=?gb2312?B?08k=?= Internet Explorer 5"'
    )
    assert read(old, "a.txt").text == make_files.TRS_TEXT


def test_a_letter_whose_subject_names_no_charset_that_is_known_is_read():
    raw = (
        b"MIME-Version: 1.0\r\nSubject: =?no-such?q?=ff?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    assert read(raw + make_files.BODY.encode(), "a.eml").text == make_files.BODY


def test_files_sent_with_a_letter_are_told_of():
    page = read(letter("见附件。", attached=b"PK"), "来文.eml")
    assert page.unread is not None
    assert page.unread.startswith("1 attached file(s)")


def test_a_text_that_begins_like_a_letter_is_a_text():
    text = "Subject: 通知\nDate: 2025\n\n到2025年，新增学位1200个。"
    assert read(text.encode(), "a.txt").text.split("\n")[0] == "Subject: 通知"


def test_a_web_archive_without_page_or_nested_without_end_is_refused():
    refuses(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "a.mht", "holds no page")
    head = b"MIME-Version: 1.0\r\n"
    nested = head + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(5000)
    )
    refuses(nested, "a.mht", "broken|no page")


# --- PDF --------------------------------------------------------------------------------------------------


def two_columns(*, by_rows):
    """A page set in two columns under a title, drawn column by column or line by line across."""
    left, right = ("".join(chr(first + n) for n in range(92)) + "。" for first in (0x4E00, 0x5E00))
    columns = [
        [
            (60.0 + x, 700.0 - 20 * n, text[17 * n : 17 * n + 17])
            for n in range(6)
            if text[17 * n : 17 * n + 17]
        ]
        for x, text in ((0, left), (250, right))
    ]
    lines = [line for column in columns for line in column]
    if by_rows:
        lines = [line for row in zip(*columns, strict=True) for line in row]
    return left, right, [(245.0, 760.0, "青溪县教育简报"), *lines]


@pytest.mark.parametrize("by_rows", [True, False])
def test_two_columns_are_read_one_after_the_other(by_rows):
    left, right, placed = two_columns(by_rows=by_rows)
    assert read(make_files.pdf_file([placed]), "a.pdf").text.split("\n") == ["青溪县教育简报", left, right]


def test_a_paragraph_goes_on_from_column_to_column_and_page_to_page():
    whole = "".join(chr(0x4E00 + n) for n in range(17 * 20 + 5)) + "。"
    lines = [whole[at : at + 17] for at in range(0, len(whole), 17)]
    places = [(60.0 + 250 * (n // 6 % 2), 700.0 - 20 * (n % 6)) for n in range(len(lines))]
    placed = [(*place, line) for place, line in zip(places, lines, strict=True)]
    assert read(make_files.pdf_file([placed[:12], placed[12:]]), "a.pdf").text == whole


def test_the_quarter_em_of_typesetting_is_no_space_in_a_pdf():
    lines = [
        (90.0, 700.0, "1"), (110.0, 700.0, "总则"),  # a heading, with a wider gap
        (114.0, 670.0, "到"), (129.0, 670.0, "2025"), (180.0, 670.0, "年底建成学校"), (255.0, 670.0, "12"), (282.0, 670.0, "所。"),
    ]  # fmt: skip
    assert read(make_files.pdf_file([lines]), "a.pdf").text == "1 总则\n到2025年底建成学校12所。"


TABLE = [
    ("序号", "指标", "2025年目标"),
    ("1", "学前三年毛入园率", "92%"),
    ("2", "公办园占比", "50%"),
    ("3", "学位", "1200个"),
    ("4", "教师", "200人"),
]


@pytest.mark.parametrize("by_rows", [True, False])
def test_rows_of_a_table_in_a_pdf_are_lines_with_tabs(by_rows):
    rows = [
        [(x, 600.0 - 24 * n, cell) for x, cell in zip((90.0, 150.0, 400.0), row, strict=True)]
        for n, row in enumerate(TABLE)
    ]
    cells = [cell for row in rows for cell in row]
    if not by_rows:
        cells = [row[column] for column in range(3) for row in rows]
    before, behind = (114.0, 700.0, "主要目标见下表。"), (114.0, 400.0, "以上目标纳入考核。")
    text = read(make_files.pdf_file([[before, *cells, behind]]), "a.pdf").text
    assert text.split("\n") == ["主要目标见下表。", *("\t".join(row) for row in TABLE), "以上目标纳入考核。"]


def grid(xs, ys, *, skipped=(), as_boxes=False):
    """The lines of a table, as drawing commands; `skipped`: level lines left out, by their number and column."""
    strokes = [(x, ys[0], x, ys[-1]) for x in xs]
    strokes += [
        (left, y, right, y)
        for n, y in enumerate(ys)
        for column, (left, right) in enumerate(pairwise(xs))
        if (n, column) not in skipped
    ]
    if as_boxes:  # as Word draws borders: thin filled boxes
        return "\n".join(f"{x} {y} {max(u - x, 0.5)} {min(v - y, -0.5)} re f" for x, y, u, v in strokes)
    return "\n".join(f"{x} {y} m {u} {v} l S" for x, y, u, v in strokes)


@pytest.mark.parametrize("as_boxes", [True, False])
def test_cells_of_several_lines_in_a_ruled_table_are_whole(as_boxes):
    xs, ys = (90, 140, 260, 340, 500), (700, 670, 610, 550, 490)
    placed = [(114.0, 740.0, "任务分工如下。"), (114.0, 450.0, "以上任务年底前完成。")]
    for x, text in zip(xs, ("序号", "任务", "时限", "单位"), strict=False):
        placed.append((x + 5.0, 680.0, text))
    for n, (first, second) in enumerate(
        (("新建乡镇公办", "园六所"), ("培训园长和骨", "干教师"), ("落实生均公用", "经费"))
    ):
        top = 670 - 60 * n
        placed += [(95.0, top - 35.0, str(n + 1)), (145.0, top - 25.0, first), (145.0, top - 45.0, second)]
        placed.append((265.0, top - 35.0, f"202{n + 4}年"))
    placed += [(345.0, 605.0, "县教育局、县财政局、县"), (345.0, 585.0, "发改局")]  # over two rows
    placed.append((345.0, 515.0, "县财政局"))
    lines = grid(xs, ys, skipped={(2, 3)}, as_boxes=as_boxes)
    text = read(make_files.pdf_file([placed], drawn_on_each=lines), "a.pdf").text
    assert text.split("\n") == [
        "任务分工如下。",
        "序号\t任务\t时限\t单位",
        "1\t新建乡镇公办园六所\t2024年\t县教育局、县财政局、县发改局",
        "2\t培训园长和骨干教师\t2025年\t县教育局、县财政局、县发改局",
        "3\t落实生均公用经费\t2026年\t县财政局",
        "以上任务年底前完成。",
    ]


def test_a_frame_around_running_text_is_no_table():
    frame = grid((60, 540), (820, 60)) + "\n" + grid((60, 540), (400, 399))
    page = read(make_files.pdf_file(make_files.printed(make_files.PARAGRAPHS), drawn_on_each=frame), "a.pdf")
    assert page.text == make_files.BODY


def test_a_page_full_of_lines_is_read_in_good_time():
    started = time.monotonic()
    lines = "\n".join(
        f"{n % 500} {n % 700} m {n % 500 + 20} {n % 700} l S {n % 500} 9 m {n % 500} 800 l S"
        for n in range(20_000)
    )
    assert (
        "总体要求" in read(make_files.pdf_file([[(90, 700, "总体要求")]], drawn_on_each=lines), "a.pdf").text
    )
    assert time.monotonic() - started < 15


def test_a_pdf_that_only_forbids_copying_is_read():
    assert (
        read(make_office.pdf_with_empty_password("到2025年全县毛入园率达到92%。"), "a.pdf").text
        == "到2025年全县毛入园率达到92%。"
    )


def test_a_pdf_with_a_password_says_so():
    refuses(make_files.encrypted_pdf(), "a.pdf", "needs a password")


def test_scanned_pages_among_others_are_told_of():
    printed = make_files.printed(make_files.PARAGRAPHS)
    page = read(make_files.pdf_file([[], *printed, [], [], []]), "a.pdf")
    assert page.text == make_files.BODY
    assert page.unread == "pages 1, 4–6 of 6 without text layer: OCR is needed to read them"


# --- hostile files of every kind --------------------------------------------------------------------------

PACKAGES = {
    "docx": (make_files.docx_file(), "word/document.xml"),
    "xlsx": (make_office.xlsx_file(), "xl/worksheets/sheet1.xml"),
    "ofd": (
        make_office.ofd_file(make_office.ofd_printed(make_files.PARAGRAPHS)),
        "Doc_0/Pages/Page_0/Content.xml",
    ),
}


@pytest.mark.parametrize("kind", PACKAGES)
@pytest.mark.parametrize("padding", [b"", b"<!--" + b"-_" * 200_000 + b"-->"])
def test_entities_are_refused_wherever_they_are_declared(kind, padding):
    package, part = PACKAGES[kind]
    external = (
        b'<?xml version="1.0"?>%s<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>' % padding
    )
    for bomb in (make_office.LAUGHS % padding, external, external.decode().encode("utf-16")):
        refuses(make_office.replaced(package, {part: bomb}), f"a.{kind}", "declares XML entities")


@pytest.mark.parametrize("kind", PACKAGES)
def test_packages_that_grow_without_measure_are_refused(kind):
    package, part = PACKAGES[kind]
    refuses(make_office.replaced(package, {part: b"<d>" + b" " * 3_000_000}), f"a.{kind}", "grows from")
    many = make_office.replaced(package, {f"x/{n}.bin": b"" for n in range(5_001)})
    refuses(many, f"a.{kind}", "parts")


@pytest.mark.parametrize("kind", PACKAGES)
def test_packages_nested_deep_are_read_or_refused_in_good_time(kind):
    package, part = PACKAGES[kind]
    started = time.monotonic()
    for deep in (b"<a>" * 100_000, b"<a>" * 9_000 + b"</a>" * 9_000):
        with contextlib.suppress(PageError):
            read(make_office.replaced(package, {part: deep}), f"a.{kind}")
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("kind", PACKAGES)
def test_names_in_a_package_that_lead_out_reach_nothing(kind, tmp_path):
    package, _ = PACKAGES[kind]
    page = read(
        make_office.replaced(package, {"../../../evil.xml": b"<a/>", "/abs.xml": b"<a/>"}), f"a.{kind}"
    )
    assert page.text
    assert not Path("/abs.xml").exists()


@pytest.mark.parametrize("kind", PACKAGES)
def test_encrypted_packages_say_so(kind):
    refuses(
        make_files.encrypted_zip(dict.fromkeys(("word/document.xml", "xl/workbook.xml", "OFD.xml"), b"x")),
        "a",
        "encrypted",
    )
    refuses(make_files.compound_directory("EncryptedPackage"), f"a.{kind}", "password")


WHOLE = {
    **{f"a.{kind}": package for kind, (package, _) in PACKAGES.items()},
    "a.pdf": make_files.pdf_file(make_files.printed(make_files.PARAGRAPHS)),
    "a.xls": (FILES / "targets.xls").read_bytes(),
    "a.doc": (FILES / "plan.doc").read_bytes(),
    "a.mht": make_office.mht_file(make_files.trs_page("gb2312")),
}


@pytest.mark.parametrize("name", WHOLE)
def test_files_cut_at_any_tenth_are_read_or_refused(name, only):
    if name == "a.doc":
        only(*(["antiword"] if shutil.which("antiword") else []))
    whole = WHOLE[name]
    for tenth in range(1, 10):
        assert read_or_letter(whole[: len(whole) * tenth // 10], name)


@has_libreoffice
@pytest.mark.parametrize("name", ["plan.doc", "plain.rtf", "plain.odt"])
def test_a_cut_file_does_not_upset_libreoffice(name):
    whole = (FILES / name).read_bytes()
    with contextlib.suppress(PageError):
        read(whole[: len(whole) // 2], name)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(WHOLE)), st.binary(min_size=1, max_size=80), st.floats(0, 1))
def test_damaged_files_are_read_or_refused(name, noise, place):
    if name == "a.doc":
        return  # a program of its own each time; cut files are tried above
    whole = WHOLE[name]
    at = int(place * len(whole))
    assert read_or_letter(whole[:at] + noise + whole[at + len(noise) :], name)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        [
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"{\\rtf1",
            b"MIME-Version: 1.0\r\n",
            make_files.compound_directory("Workbook"),
            make_files.compound_directory()[:8],
        ]
    ),
    st.binary(max_size=300),
)
def test_noise_behind_the_right_mark_is_refused(mark, noise):
    if mark.startswith(b"{"):
        return
    assert read_or_letter(mark + noise, "a")


# --- numbers as a sheet prints them -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (12345678, '0!.0,"万元"', "1234.6万元"),
        (12345678, r'0\.0,"万元"', "1234.6万元"),
        (12345678, '#,##0,"千元"', "12346千元"),
        (12345678, '0.0,,"百万元"', "12.3百万元"),
        (12345678, "#,##0", "12345678"),
        (-0.05, '0.0%;"下降"0.0%', "下降5.0%"),
        (-0.052, '"↑"0.0%;"↓"0.0%', "↓5.2%"),
        (0.052, '"↑"0.0%;"↓"0.0%', "↑5.2%"),
        (-5.5, "0.0_);(0.0)", "-5.5"),
        (-5.5, '0.0"万元";[红色]-0.0"万元"', "-5.5万元"),
        (12345, "000000", "012345"),
        (datetime.timedelta(days=1, hours=12), "[h]:mm", "36:00"),
        (datetime.datetime(2025, 3, 1), "yyyy-mm", "2025-03"),
        (datetime.datetime(2025, 3, 1), "yyyy-mm-dd", "2025-03-01"),
    ],
)
def test_a_number_is_what_its_format_prints(value, form, shown):
    from pipeline.pages.sheets.cells import printed

    assert printed(value, form) == shown
    book = openpyxl.Workbook()
    book.active.append(["指标", value])
    book.active["B1"].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue(), "表.xlsx").text == f"指标\t{shown}"


def test_a_hostile_format_is_read_in_good_time():
    from pipeline.pages.sheets.cells import printed

    formats = [piece * 50_000 for piece in ('"', "\\", "0,", "!.", ";", "[", '"a"', "0!.0", ",", "0\\")]
    assert takes_less_than(3, lambda: [printed(-12.5, form) for form in formats])


def _merged_workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["民生实事任务分解表", None, None, None, None],
        ["类别", "项目", "2024年", None, "责任单位"],
        [None, None, "任务", "投资", None],
        ["教育", "新建幼儿园", "3所", 1200, "教育局"],
        [None, "改扩建小学", "5所", 2400, None],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A4:A5"):
        sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_merged_heads_of_a_workbook_stand_over_each_of_their_columns_and_rows():
    assert read(_merged_workbook(), "表.xlsx").text.splitlines() == [
        "民生实事任务分解表",
        "类别\t项目\t2024年\t2024年\t责任单位",
        "类别\t项目\t任务\t投资\t责任单位",
        "教育\t新建幼儿园\t3所\t1200\t教育局",
        "教育\t改扩建小学\t5所\t2400\t",
    ]


def test_merged_areas_without_bounds_cost_no_more_than_the_cells_there_are():
    rows = [[(0, "甲"), (1, "乙")] for _ in range(300)]
    areas = {(0, 0, 1_000_000, column) for column in range(20_000)}
    assert merged.spread(rows, areas) == rows


def test_a_line_is_full_where_the_number_that_comes_next_did_not_fit():
    def joined(next_line: str) -> list[str]:
        full = [
            Line("全县农村人居环境整治工作稳步向前推进", 0, 90.0, 288.0, 700.0 - 14 * n) for n in range(6)
        ]
        short = Line("农村生活污水治理率在年内要达到", 0, 90.0, 253.0, 600.0)
        return list(join_lines([[*full, short, Line(next_line, 0, 90.0, 200.0, 586.0)]]))

    assert joined("40%，群众满意。")[-1].endswith("要达到40%，群众满意。")
    assert joined("群众满意度提高。")[-1] == "群众满意度提高。"


def test_rows_that_are_formatted_and_empty_are_left_out_however_a_sheet_is_cut():
    empty = b"".join(
        b'<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d"/></row>' % (n, n, n) for n in range(2, 40_000)
    )
    first, last = (
        b'<row r="1"><c r="A1" s="2"/><c r="B1"><v>1</v></c></row>',
        b'<row r="40000"><c r="A40000"><v>2</v></c></row>',
    )
    placeless = b"<row><c s='1'/></row>"
    sheet = b"<sheetData>" + first + empty + last + placeless + b"</sheetData>"
    with filled_rows.FilledRows(io.BytesIO(sheet)) as stream:
        seen = b"".join(iter(lambda: stream.read(1000), b""))
    assert seen == b"<sheetData>" + first + last + placeless + b"</sheetData>"
