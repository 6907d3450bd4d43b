"""Clauses of the cases, torn and glued as lost bytes, brackets and quotation marks leave them, are read without complaint."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from pipeline.flow import analyse
from pipeline.records import RawFile

CASES = Path(__file__).parent / "cases" / "extract"
MARKS = "，。；：、！？“”‘’《》（）()[]【】…—-+×%·1３一二三四五 　​报将把对为由向"
FEWEST, MOST = 2, 80  # characters of a clause
N_PARAGRAPHS = 40


def _clauses() -> list[str]:
    texts = [
        row["text"]
        for path in sorted(CASES.glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
        if isinstance(row.get("text"), str)
    ]
    pieces = {piece for text in texts for piece in re.split("[。；，\n]", text)}
    return sorted(piece for piece in pieces if FEWEST <= len(piece) <= MOST)


def _mangled(clause: str, draw: random.Random) -> str:
    at, mark = draw.randrange(len(clause)), draw.choice(MARKS)
    return draw.choice(
        [
            clause[: at + 1],
            clause[at:],
            f"（{clause}）",
            f"“{clause}”",
            clause[:at] + clause[at + draw.randint(1, 3) :],
            clause[:at] + mark + clause[at:],
            mark + clause,
            clause + mark,
            clause,
        ]
    )


@pytest.mark.parametrize("seed", range(60))
def test_mangled_clauses_are_read(seed: int) -> None:
    draw, clauses = random.Random(seed), _clauses()
    paragraphs = [
        "".join(
            _mangled(draw.choice(clauses), draw) + draw.choice("，，，。；、：（）“”")
            for _ in range(draw.randint(1, 8))
        )
        for _ in range(N_PARAGRAPHS)
    ]
    analysis = analyse(RawFile("mangled.txt", "\n".join(paragraphs).encode()))
    assert analysis.row.error is None


@pytest.mark.parametrize("torn", ["对顺利进行。", "将予以。", "把、进行", "由给予。", "“”报"])
def test_light_verb_with_nothing_behind_it(torn: str) -> None:
    assert analyse(RawFile("torn.txt", torn.encode())).row.error is None
