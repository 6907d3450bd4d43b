"""Word documents: the numbers that Word prints before paragraphs, and signs that stand in fonts and formulae."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from test_readers import read

from pipeline.records import Dropped

NS = f'{nsdecls("w")} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
COUNTING = "chineseCountingThousand"


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def item(text, list_id=1, level=0):
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:pPr>{numbered}</w:pPr>{run(text) if text else ''}"


def styled(style, text):
    return f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}'


def level(at, form, text, more=""):
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(key, *levels):
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def numbered(key, of, more=""):
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def style(key, more, kind="paragraph"):
    return f'<w:style {NS} w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}x"/>{more}</w:style>'


def word_file(paragraphs, lists=(), styles=()):
    document = Document()
    root = document.part.numbering_part._element
    for old in list(root):
        root.remove(old)
    root.extend(list(parse_xml(f"<w:numbering {NS}>{''.join(lists)}</w:numbering>")))
    document.styles.element.extend([parse_xml(one) for one in styles])
    body = document.element.body
    for paragraph in paragraphs:
        body.insert(len(body) - 1, parse_xml(f"<w:p {NS}>{paragraph}</w:p>"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines(*args):
    return read(word_file(*args), "a.docx").text.split("\n")


ONE = abstract(0, level(0, COUNTING, "%1、"), level(1, "decimal", "%2."))


def test_a_list_begins_again_where_it_says_so():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    found = lines(
        [item("建设"), item("改造"), run("第二部分"), item("培训", 2), item("引进", 2), item("评估", 1)],
        [ONE, numbered(1, 0), numbered(2, 0, again)],
    )
    assert found == ["一、建设", "二、改造", "第二部分", "一、培训", "二、引进", "三、评估"]


def test_a_list_may_define_a_level_anew():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "ideographTraditional", "（%1）")}</w:lvlOverride>'
    assert lines([item("建设"), item("改造")], [ONE, numbered(1, 0, own)]) == ["（甲）建设", "（乙）改造"]


def test_numbers_are_inherited_from_the_style_that_a_style_is_based_on():
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    found = lines(
        [styled("A", "总体要求"), styled("B", "主要任务")],
        [ONE, numbered(1, 0)],
        [style("A", number), style("B", '<w:basedOn w:val="A"/>')],
    )
    assert found == ["一、总体要求", "二、主要任务"]


def test_a_level_names_the_style_that_is_printed_with_it():
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    two = abstract(
        0,
        level(0, COUNTING, "%1、", '<w:pStyle w:val="H1"/>'),
        level(1, COUNTING, "（%2）", '<w:pStyle w:val="H2"/>'),
    )
    found = lines(
        [
            styled("H1", "总体要求"),
            styled("H2", "原则"),
            styled("H2", "目标"),
            styled("H1", "任务"),
            styled("H2", "扩容"),
        ],
        [two, numbered(1, 0)],
        [style("H1", number), style("H2", number)],
    )
    assert found == ["一、总体要求", "（一）原则", "（二）目标", "二、任务", "（一）扩容"]


def test_a_list_may_be_that_of_a_style_and_chains_of_these_come_to_an_end():
    link = abstract(0, '<w:numStyleLink w:val="NL"/>')
    number = style("NL", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', "numbering")
    there = abstract(1, level(0, COUNTING, "%1、"))
    assert lines([item("建设")], [link, there, numbered(1, 0), numbered(2, 1)], [number]) == ["一、建设"]
    assert lines([item("建设")], [link, numbered(1, 0), numbered(2, 0)], [number]) == ["建设"]


def test_paragraphs_without_words_count_and_deleted_ones_do_not():
    deleted = item("")[:-8] + '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    gone = '<w:del w:id="2" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>'
    found = lines([item("建设"), item(""), deleted + gone, item("改造")], [ONE, numbered(1, 0)])
    assert found == ["一、建设", "三、改造"]


@pytest.mark.parametrize(
    ("form", "first", "twelfth"),
    [
        ("ideographTraditional", "甲", "12"),
        ("ideographZodiac", "子", "亥"),
        ("chineseLegalSimplified", "壹", "壹拾贰"),
        ("decimalZero", "01", "12"),
        ("decimalEnclosedParen", "⑴", "⑿"),
        (COUNTING, "一", "十二"),
        ("upperRoman", "I", "XII"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form, first, twelfth):
    found = lines([item("项")] * 12, [abstract(0, level(0, form, "%1、")), numbered(1, 0)])
    assert (found[0], found[11]) == (f"{first}、项", f"{twelfth}、项")


def test_legal_numbering_is_decimal_throughout():
    lists = [
        abstract(0, level(0, COUNTING, "第%1章 "), level(1, "decimal", "%1.%2 ", "<w:isLgl/>")),
        numbered(1, 0),
    ]
    assert lines([item("总则"), item("目的", 1, 1)], lists) == ["第一章 总则", "1.1 目的"]


def sign(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def formula(inner):
    return f"<m:oMath>{inner}</m:oMath>"


def part(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_signs_of_fonts_and_formulae_are_read():
    raised = f"<m:sSup><m:e>{part('m')}</m:e><m:sup>{part('2')}</m:sup></m:sSup>"
    third = f"<m:f><m:num>{part('1')}</m:num><m:den>{part('3')}</m:den></m:f>"
    found = lines(
        [
            run("毛入园率") + sign("Symbol", "F0B3") + run("95%"),
            run("占比") + formula(part("≥")) + run("50%"),
            run("面积") + formula(part("1200") + raised),
            run("减少") + formula(third),
            sign("Wingdings 2", "F052") + run("公办"),
        ]
    )
    assert found == ["毛入园率≥95%", "占比≥50%", "面积1200m²", "减少1/3", "☑公办"]


def test_a_sign_that_is_not_known_is_recorded():
    page = read(word_file([sign("Wingdings", "F021") + run("公办"), sign("x", "zz") + run("民办")]), "a.docx")
    assert page.text == "公办\n民办"
    assert page.dropped == (Dropped("sign of a font", "Wingdings F021"), Dropped("sign of a font", "x zz"))


def test_files_inside_of_a_document_are_told_of():
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = Document()
    document.add_paragraph("任务分解表见下表。")
    inner = Part(PackURI("/word/embeddings/a.xlsx"), "application/octet-stream", b"x", document.part.package)
    document.part.relate_to(
        inner, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
    )
    stream = io.BytesIO()
    document.save(stream)
    assert read(stream.getvalue(), "a.docx").unread == "1 embedded file(s) in it not read"
