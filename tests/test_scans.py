"""Pages of print without a text layer that can be read: they need OCR, and the row says so."""

import make_files
import make_office
import pytest
from test_readers import read, refuses

MARKS = ["扫描全能王 创建", "由 扫描全能王 扫描创建", "Scanned with CamScanner"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("n_pages", [1, 3])
def test_scans_with_the_mark_of_their_program_need_ocr(mark, n_pages):
    refuses(make_files.pdf_file([[(300.0, 30.0, mark)]] * n_pages), "a.pdf", "needs OCR")


def test_scans_with_page_numbers_need_ocr():
    pages = [[(280.0, 50.0, f"— {page} —")] for page in (1, 2, 3)]
    refuses(make_files.pdf_file(pages), "a.pdf", "needs OCR")
    refuses(make_office.ofd_file([[(30, 280, "— 1 —")], [(30, 280, "— 2 —")]]), "a.ofd", "needs OCR")


def test_scanned_pages_behind_a_cover_are_told_of():
    mark = (300.0, 30.0, MARKS[0])
    page = read(make_files.pdf_file([[(90.0, 700.0, "青溪县人民政府文件"), mark], *[[mark]] * 9]), "a.pdf")
    assert page.text == "青溪县人民政府文件"
    assert page.unread == "pages 2–10 of 10 without text layer: OCR is needed to read them"


def test_numbers_of_shapes_are_no_text():
    shapes = "".join(chr(code) for code in (*range(3, 9), *range(0x600, 0x640), 0x34, 0x35, 0x36))
    refuses(make_files.pdf_file([[(90.0, 700.0, shapes)]]), "a.pdf", "needs OCR")
    page = read(make_files.pdf_file([[(90.0, 700.0, shapes)], [(90.0, 700.0, "第二页的字。")]]), "a.pdf")
    assert (page.text, page.unread) == (
        "第二页的字。",
        "page 1 of 2 without text layer: OCR is needed to read them",
    )
