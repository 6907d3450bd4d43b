"""Running heads, feet and page numbers of print: only these go, and no row of a table that looks like its neighbours."""

import make_files
import make_office
import pytest
from test_readers import read


def pdf(pages):
    return make_files.pdf_file(
        [[(x, 780.0 - 40 * n, text) for n, (x, text) in enumerate(page)] for page in pages]
    )


def table_pages():
    rows = [(1980 + n, 20 + n, 5000 + 37 * n) for n in range(45)]
    for page in range(3):
        placed = [
            (x, 720.0 - 40 * at, str(cell))
            for at, row in enumerate(rows[15 * page : 15 * page + 15])
            for x, cell in zip((80.0, 250.0, 420.0), row, strict=True)
        ]
        yield [*placed, (280.0, 40.0, f"— {page + 1} —")]


def test_rows_of_figures_at_the_edges_of_pages_stay():
    text = read(make_files.pdf_file(list(table_pages())), "历年.pdf").text
    assert [line.split("\t")[0] for line in text.split("\n")] == [str(1980 + n) for n in range(45)]


ITEMS = [f"第{n}小学改造工程，补助资金{3 * n}万元。" for n in range(1, 33)]


@pytest.mark.parametrize("kind", ["pdf", "ofd"])
def test_items_that_differ_in_their_digits_stay(kind):
    if kind == "pdf":
        raw = pdf([[(80.0, item) for item in ITEMS[start : start + 16]] for start in (0, 16)])
    else:
        raw = make_office.ofd_file(
            [
                [(30, 30 + 14 * n, item) for n, item in enumerate(ITEMS[start : start + 16])]
                for start in (0, 16)
            ]
        )
    assert read(raw, f"补助.{kind}").text.split("\n") == ITEMS


def test_heads_that_count_the_pages_up_go():
    raw = pdf(
        [
            [
                (80.0, f"青溪县人民政府公报 2024年第3期 第{page}页"),
                (80.0, f"第{page * 7}段正文在此。"),
                (80.0, f"完{page * 5}"),
            ]
            for page in (1, 2, 3, 4)
        ]
    )
    lines = read(raw, "公报.pdf").text.split("\n")
    assert lines == [line for page in (1, 2, 3, 4) for line in (f"第{page * 7}段正文在此。", f"完{page * 5}")]


def test_the_head_of_a_table_and_its_caption_come_again_on_every_page_and_stay():
    page = [
        (80.0, "单位：万元"),
        (80.0, "年份"),
        (80.0, "2023"),
        (80.0, "说明甲"),
        (80.0, "说明乙"),
        (80.0, "说明丙"),
    ]
    text = read(pdf([page, page]), "表.pdf").text
    assert text.count("单位：万元") == 2


def test_a_bare_number_that_counts_no_pages_stays():
    raw = pdf([[(80.0, "新增学位见下。"), (80.0, f"第{page}段。"), (80.0, "以上。"), (80.0, number)]
               for page, number in ((1, "1200"), (2, "800"))])  # fmt: skip
    text = read(raw, "学位.pdf").text
    assert "1200" in text
    assert "800" in text
