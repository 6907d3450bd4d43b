"""`zhengce repair`: the text, the diff and the explanation; nothing of a hostile page steers the terminal."""

from __future__ import annotations

import io
import itertools
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.document import read
from pipeline.explain import (
    UNPRINTABLE_RE,
    RepairedFile,
    changed_blocks,
    diff_lines,
    explanation,
    printable,
)
from pipeline.lexicon import table
from pipeline.repair import REPAIRS
from pipeline.repair.doubts import DOUBT_RE, find_doubts
from pipeline.repaired import repair_text

DAMAGED = "提升學?；鶎狱h組織建設水平，達到９８％\n一是强化组织领导。\n促進其成長為區(qū)域?qū)W科帶頭人，教\ufffd\n"
GOOD = "一是强化组织领导，成立由县长任组长的领导小组，定期研究解决重点难点问题。\n" * 30
HOSTILE = "四个\x1b[31m强化\x07\u202e组织\x9b2J领导，提升學?；鶎狱h組織建設\x1b]0;owned\x07\n"


@pytest.fixture
def damaged(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def repaired(text):
    found = repair_text(text)
    return RepairedFile(text, found.text, found.repairs)


def test_raw_prints_the_text_on_which_the_raw_offsets_count(tmp_path, capsys):
    path = tmp_path / "page.txt"
    path.write_bytes(
        "\u3000\u3000提升學?；鶎狱h組織建設，達到９８％\r\n\r\n\u3000\u3000参加各类联盟1 8 7 个。\r\n".encode()
    )
    assert main(["repair", str(path), "--raw"]) == 0
    raw = capsys.readouterr().out
    repairs = read(path).repairs
    assert len(repairs) > 3
    assert all(raw[r.raw_start : r.raw_end] == r.before for r in repairs)


def test_without_options_the_repaired_text_is_printed(damaged, capsys):
    assert main(["repair", str(damaged)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "提升學校基層黨組織建設水平，達到98%",
        "一是强化组织领导。",
        "促進其成長為區域學科帶頭人，教\ufffd",
    ]


def test_diff_shows_only_changed_lines_and_marks_the_changes(damaged, capsys):
    assert main(["repair", str(damaged), "--diff"]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[:2] == [
        "- 提升學[-?；鶎狱h-]組織建設水平，達到[-９８％-]",
        "+ 提升學{+校基層黨+}組織建設水平，達到{+98%+}",
    ]
    assert "一是" not in printed
    assert "\x1b" not in printed


def test_diff_is_coloured_in_a_terminal(damaged, monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(raw, encoding="ascii", errors="strict"))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "CI", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    assert main(["repair", str(damaged), "--diff"]) == 0
    sys.stdout.flush()
    printed = raw.getvalue().decode("utf-8")
    assert "\x1b[" in printed
    assert "[-" not in printed
    assert "校基層黨" in printed


def test_explain_tells_kind_process_confidence_and_what_is_left(damaged, capsys):
    assert main(["repair", str(damaged), "--explain"]) == 0
    printed = capsys.readouterr().out
    for part in (
        "gbk_bytes_shifted GBK 字节错位 (1)",
        "A mirror cut the bytes",
        "镜像网站在",
        "“?；鶎狱h” → “校基層黨”",
        "line 1",
        "1.00",
        "存疑 in doubt (1)",
        "學科帶頭人，教【\ufffd】",
        "字节已失",
    ):
        assert part in printed, part


def test_good_text_is_printed_as_it_is_and_explained_in_a_line(tmp_path, capsys):
    path = tmp_path / "good.txt"
    path.write_text("一是强化组织领导。\n", encoding="utf-8")
    assert main(["repair", str(path), "--diff"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["repair", str(path), "--explain"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "没有发现损坏，原文未改。No damage was found; nothing was changed.",
        "没有存疑之处。Nothing remains in doubt.",
    ]


@pytest.mark.parametrize("options", [[], ["--diff"], ["--explain"], ["--diff", "--explain"]])
def test_control_characters_of_a_page_never_reach_the_terminal(tmp_path, capsys, options):
    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE + GOOD, encoding="utf-8")
    assert main(["repair", str(path), *options]) == 0
    printed = capsys.readouterr().out
    assert printed
    assert not UNPRINTABLE_RE.search(printed)


@pytest.mark.parametrize(
    ("name", "raw", "letter"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(90), "PNG"),
        ("empty.txt", b"", "no text"),
        (None, b"", "no-such-file"),
    ],
)
def test_what_cannot_be_read_gets_a_letter_and_code_2(tmp_path, capsys, name, raw, letter):
    path = tmp_path / (name or "no-such-file")
    if name:
        path.write_bytes(raw)
    assert main(["repair", str(path)]) == 2
    assert letter in capsys.readouterr().err


def test_a_folder_is_refused(tmp_path, capsys):
    assert main(["repair", str(tmp_path)]) == 2
    assert "not one file" in capsys.readouterr().err


def test_every_kind_of_repair_and_of_doubt_is_explained():
    explained = {row["kind"] for row in table("damage_kinds.csv")}
    assert [kind for kind, _ in REPAIRS if kind not in explained] == []
    assert set(DOUBT_RE.groupindex) | {"no_sense", "shifted_bytes"} == {
        row["kind"] for row in table("doubt_kinds.csv")
    }


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("现有种猪示范?。?“长青”牌鸡蛋畅销全国", ["shifted_bytes"]),
        ("“三个增长”，增长25%。你去吗?我去。GDP(gdp)、R&D、AT&T、教育&文化", []),
        ("智慧教育&&", ["ampersand"]),
        ("学?；基层", ["stray_question_mark"]),
        ("驅(qū)動", ["pinyin_note"]),
        ("驅(fā)動", []),
        ("锟斤拷锟斤拷", ["nothing_left"]),
        ("\ue422", ["private_use"]),
        ("½ÌÓý²¿", ["latin_letters"]),
    ],
)
def test_doubts_are_about_what_looks_damaged(text, kinds):
    assert [doubt.kind for doubt in find_doubts(text)] == kinds


def test_the_docs_show_what_the_command_prints_and_name_every_kind(tmp_path, capsys):
    docs = (Path(__file__).parent.parent / "docs" / "repair.md").read_text(encoding="utf-8")
    page, text, diff, _ = re.findall(r"```text\n(.*?)\n```", docs, re.DOTALL)
    path = tmp_path / "page.txt"
    path.write_text(page + "\n", encoding="utf-8")
    assert main(["repair", str(path)]) == 0
    assert capsys.readouterr().out == text + "\n"
    assert main(["repair", str(path), "--diff"]) == 0
    assert capsys.readouterr().out == diff + "\n"
    assert [kind for kind, _ in REPAIRS if f"| `{kind}` |" not in docs] == []


SCRAPS = [
    "優(yōu)質(zhì)均衡發(fā)展",
    "域?qū)W科",
    "學?；鶎狱h組織",
    "\n",
    "，",
    "９８％",
    "&nbsp;",
    "政 府 工 作 报 告",
    "x" * 90,
    "\x1b[1m",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS) | st.text(max_size=4), max_size=14).map("".join))
def test_every_change_stands_in_one_block_and_all_of_it_is_printable(text):
    file = repaired(text)
    blocks = list(changed_blocks(file))
    assert sum(len(block.repairs) for block in blocks) == len(file.repairs)
    assert all(a.raw_end < b.raw_start and a.end < b.start for a, b in itertools.pairwise(blocks))
    shown = [line.plain for plain in (True, False) for line in diff_lines(file, plain=plain)]
    shown += [*explanation(file), printable(text)]
    assert not UNPRINTABLE_RE.search("".join(shown))
