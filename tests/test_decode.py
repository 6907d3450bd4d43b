"""Bytes become the text they were made from, whatever is declared; what cannot be read is said, never invented."""

from __future__ import annotations

import codecs
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decode import decode
from pipeline.errors import DecodeError

SENTENCE = "一是强化组织领导。4个工作专班,单周查、双周督、月调度。"
TRADITIONAL = "建立健全學校法律顧問制度，完善師生權益保障和救濟機制"
ENCODINGS = ["utf-8", "gb18030", "gbk", "gb2312", "utf-16-le", "utf-16-be"]
HTML = '<html><head><meta charset="{}"><title>通知</title></head><body class="c"><p>{}</p></body></html>'


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "declared", [None, "gb2312", "utf-8", "big5", "iso-8859-1", "no such charset", "rot13", "\0"]
)
@pytest.mark.parametrize("text", [SENTENCE, "强化组织领导", "职田镇", "通知"])
def test_the_text_is_read_whatever_is_declared(encoding, declared, text):
    assert decode(text.encode(encoding), declared).text == text


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-8", "utf-16-le"])
@pytest.mark.parametrize("text", [TRADITIONAL, "教育局", "學校法律顧問"])
def test_traditional_text_is_read_too(encoding, text):
    assert decode(text.encode(encoding), "gb2312").text == text


def test_hong_kong_characters_are_read():
    text = "佢哋喺深水埗搵咗三間學校，啲校長話冇嘢需要補充"
    assert decode(text.encode("big5hkscs")).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        ("\ufeff".encode("gb18030"), "gb18030"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_byte_order_mark_is_believed(mark, encoding):
    found = decode(mark + SENTENCE.encode(encoding), "big5")
    assert (found.text, found.encoding) == (SENTENCE, encoding)
    assert "byte order mark" in found.reason
    assert decode(mark).text == ""


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "big5", "iso-8859-1", "x-unknown"])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [(encoding, text) for encoding in ("utf-8", "gb18030") for text in ("教育", "四个强化", "柳城縣教育局")]
    + [("big5hkscs", "教育"), ("big5hkscs", "柳城縣教育局")],
)
def test_a_page_of_tags_with_little_chinese_is_read(encoding, charset, text):
    page = HTML.format(charset, text)
    assert decode(page.encode(encoding)).text == page


@pytest.mark.parametrize(
    ("encoding", "n_lost"), [("utf-8", 1), ("utf-8", 2), ("gb18030", 1), ("big5hkscs", 1), ("utf-16-le", 1)]
)
def test_a_last_character_that_is_cut_costs_nothing_but_itself(encoding, n_lost):
    found = decode(TRADITIONAL.encode(encoding)[:-n_lost])
    assert (found.text, found.encoding) == (TRADITIONAL[:-1] + "\ufffd", encoding)
    assert "cut short" in found.reason


def test_a_damaged_byte_never_becomes_digits():
    raw = "强化党的领导，落实立德树人根本任务，推进教育高质量发展".encode("gb18030") * 3
    for at in range(0, len(raw), 7):
        for byte in (0x80, 0x81, 0x84, 0xFF):
            found = decode(raw[:at] + bytes((byte,)) + raw[at:], "gbk")
            assert not any(char in "0123456789" for char in found.text), (at, byte)


def test_two_lost_bytes_in_a_page_of_utf8_are_marked():
    raw = SENTENCE.encode()
    found = decode(raw * 9 + b"\xe5\xbc" + raw * 9 + b"\xff" + raw * 2, "gb2312")
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") == 2
    assert found.text.replace("\ufffd", "") == SENTENCE * 20
    assert "2 became U+FFFD" in found.reason


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("café naïve Müller – “quality”".encode(), None, "café naïve Müller – “quality”"),
        ("café naïve".encode("latin-1"), "iso-8859-1", "café naïve"),
        ("教育局の方針について".encode(), "gb2312", "教育局の方針について"),
        ("教育局の方針について".encode("shift_jis"), "shift_jis", "教育局の方針について"),
        (b"Bush hid the facts", None, "Bush hid the facts"),
        (b"", None, ""),
        ("½ÌÓý²¿".encode(), None, "½ÌÓý²¿"),  # misread before it was stored: for the repairs to undo
    ],
)
def test_other_text_is_read_as_well(raw, declared, text):
    assert decode(raw, declared).text == text


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"PK\x03\x04",
        bytes(500),
        bytes(range(256)) * 9,
        b"\x7fELF" + bytes(99),
    ],
)
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(DecodeError):
        decode(raw)


@pytest.mark.parametrize(("encoding", "most_wrong"), [("gb18030", 0.01), ("utf-8", 0.01), ("utf-16-le", 0.2)])
def test_nearly_every_word_of_the_dictionary_is_read_by_itself(encoding, most_wrong):
    """农业, 实施, 系统 and 4,256 others are GBK bytes that are UTF-8 as well; 一一 in UTF-16 is NN in its other order."""
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        fields = [line.split(" ") for line in lines]
    words = [word for word, count, _ in fields if int(count) >= 500 and len(word) > 1][::9]
    wrong = [word for word in words if decode(word.encode(encoding)).text != word]
    assert len(words) > 500
    assert len(wrong) <= most_wrong * len(words), wrong
    assert [decode(word.encode("gb18030"), "utf-8").text for word in ("农业", "实施", "系统")] == [
        "农业",
        "实施",
        "系统",
    ]


def test_a_large_page_takes_no_longer_than_its_length():
    page = "<p>" + SENTENCE * 20_000
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        assert decode(page.encode(encoding)).text == page


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "gbk", "utf-7", "hz", "utf-16", "iso2022_jp", "cp037"]),
)
def test_any_bytes_give_text_or_a_letter(raw, declared):
    try:
        found = decode(raw, declared)
    except DecodeError:
        return
    assert isinstance(found.text, str)
    assert found.reason


@pytest.mark.parametrize(("outer", "inner"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_template_in_another_encoding_than_its_body(outer, inner):
    head = "<html><head><title>关于印发实施方案的通知_青溪县人民政府</title></head><body><p>首页 政务公开 互动交流</p><p>"
    body = "\n".join(f"新建公办幼儿园{n}所，普惠性幼儿园覆盖率达到{80 + n}%以上。" for n in range(9))
    found = decode(head.encode(outer) + body.encode(inner) + "</p>版权所有</body>".encode(outer))
    assert found.text == head + body + "</p>版权所有</body>"
    assert "in one file" in found.reason
    damaged = (head + body).encode(outer).replace("公办".encode(outer), b"\xff" + "公办".encode(outer), 1)
    assert "in one file" not in decode(damaged).reason


@pytest.mark.parametrize("size", [4, 60, 3000])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("page", [SENTENCE, HTML.format("gb2312", SENTENCE), "Table of quotas: 12,000\r\n"])
def test_two_and_four_bytes_a_character_are_read_without_a_mark(page, encoding, size):
    text = (page * 99)[: max(size, len(page))]
    found = decode(text.encode(encoding), "gb2312")
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("joint", ["", " ", "。", "\n"])
@pytest.mark.parametrize("encodings", [("gbk", "utf-8"), ("utf-8", "gbk"), ("utf-8", "gbk", "utf-8")])
def test_files_of_two_encodings_one_behind_the_other_are_read(encodings, joint):
    parts = [
        f"{SENTENCE}第{n}批，新建公办幼儿园{n}所，普惠率达到{80 + n}%以上" * 3 for n in range(len(encodings))
    ]
    raw = b"".join((part + joint).encode(name) for part, name in zip(parts, encodings, strict=True))
    found = decode(raw)
    assert found.text == joint.join([*parts, ""])
    assert "in one file" in found.reason


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("damage", [lambda raw: raw + bytes(5000), lambda raw: bytes(4096).join((raw, raw)), lambda raw: b"\0".join(raw[at:at + 30] for at in range(0, len(raw), 30))], ids=["end", "block", "strewn"])  # fmt: skip
def test_nuls_are_left_out(encoding, damage):
    raw = damage(f"{SENTENCE}\n".encode(encoding) * 30)
    found = decode(raw)
    assert found.text == raw.replace(b"\0", b"").decode(encoding)
    assert "NULs left out" in found.reason


def test_separators_of_a_database_make_no_binary_file():
    text = "关于做好防汛工作的通知\x1c各乡镇要落实责任\x1c加强巡查。"
    assert decode(text.encode()).text == text


def test_bytes_lost_from_a_line_are_no_other_encoding():
    raw = SENTENCE.encode() * 40
    broken = b"".join(raw[at : at + 500] + b"\xe5\xbc" for at in range(0, len(raw), 501))
    assert "in one file" not in decode(broken).reason


def test_hz_is_read_and_a_script_with_the_same_marks_is_left_alone():
    text = "关于青石县2024年学位供给的通知\n新增学位1200个，~见附件。\n"
    found = decode(text.encode("hz"))
    assert (found.text, found.encoding) == (text, "hz")
    script = "x = '~{abcd~}'; y = ~{}"
    assert decode(script.encode()).text == script
