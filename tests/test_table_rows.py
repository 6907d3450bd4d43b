"""Tables in every format: a blank cell keeps its column, and a number stays under the year it stands under."""

import io

import make_files
import openpyxl
import pytest
from docx import Document
from test_readers import grid, read

from pipeline.extract.quantities import find_quantities
from pipeline.flow import build_reading
from pipeline.pages.converted.docbook import docbook_lines
from pipeline.records import Extractions, Facts

ROWS = [
    ["", "2023年", "2024年", "2025年"],
    ["学前教育毛入园率", "88%", "90%", ""],
    ["公办园占比", "", "52%", "55%"],
    ["普惠率", "", "", "85%"],
]
TEXT = "\n".join("\t".join(row) for row in ROWS)


def docx_table(rows, *, merged=()):
    document = Document()
    table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for first, last in merged:
        table.cell(*first).merge(table.cell(*last))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx_table(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([text or None for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def html_table(rows):
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>".encode()


def pdf_table(rows):
    xs, ys = (90, 220, 300, 380, 460), (700, 670, 640, 610, 580)
    placed = [
        (x + 5.0, y - 20.0, text)
        for y, row in zip(ys, rows, strict=False)
        for x, text in zip(xs, row, strict=False)
        if text
    ]
    return make_files.pdf_file([placed], drawn_on_each=grid(xs, ys))


MAKERS = {"表.docx": docx_table, "表.xlsx": xlsx_table, "表.html": html_table, "表.pdf": pdf_table}


@pytest.mark.parametrize("name", MAKERS)
def test_blank_cells_keep_their_columns(name):
    text = read(MAKERS[name](ROWS), name).text
    assert text == TEXT
    found = find_quantities(build_reading(text, Facts()), Extractions())
    assert [(one.indicator, one.value, one.when) for one in found] == [
        ("学前教育毛入园率", 88, "2023"),
        ("学前教育毛入园率", 90, "2024"),
        ("公办园占比", 52, "2024"),
        ("公办园占比", 55, "2025"),
        ("普惠率", 85, "2025"),
    ]


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx", "表.html"])
def test_a_caption_in_a_table_is_a_line_and_a_value_alone_keeps_its_column(name):
    rows = [["学位建设情况", "", ""], ["", "", "单位：个"], ["乡镇", "学校", "学位"], ["", "", "300"]]
    text = read(MAKERS[name](rows), name).text
    assert text.split("\n") == ["学位建设情况", "单位：个", "乡镇\t学校\t学位", "\t\t300"]


def test_cells_of_a_word_table_that_are_merged_stand_in_each_of_their_columns_and_rows():
    rows = [["指标", "2025年", ""], ["", "目标", "完成"], ["学位", "1200个", "300个"], ["", "800个", ""]]
    raw = docx_table(rows, merged=[((0, 1), (0, 2)), ((0, 0), (1, 0)), ((2, 0), (3, 0))])
    assert read(raw, "表.docx").text.split("\n") == [
        "指标\t2025年\t2025年",
        "指标\t目标\t完成",
        "学位\t1200个\t300个",
        "学位\t800个\t",
    ]


def test_cells_that_lie_far_apart_in_a_sheet_do_not_fill_it_with_blanks():
    book = openpyxl.Workbook()
    for at in range(1, 4):
        book.active.cell(at, 1, "学位")
        book.active.cell(at, 16_000, at)
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue(), "远.xlsx").text == "学位\t1\n学位\t2\n学位\t3"


def test_a_sheet_whose_cells_drown_in_blanks_is_refused(monkeypatch):
    from pipeline.errors import PageError
    from pipeline.pages.sheets import columns

    monkeypatch.setattr(columns, "_MAX_GRID", 8)
    with pytest.raises(PageError, match="so far apart"):
        columns.sheet_lines([[(0, "甲"), (1, "乙")], [(2, "丙"), (3, "丁")], [(4, "戊"), (5, "己")]])


def test_blank_cells_of_an_old_document_keep_their_columns():
    row = "".join(f"<entry>{text}</entry>" for text in ("指标", "", "2025年"))
    markup = f"<book><chapter><informaltable><tgroup><tbody><row>{row}</row></tbody></tgroup></informaltable></chapter></book>"
    assert docbook_lines(markup.encode()) == (["指标\t\t2025年"], False)
