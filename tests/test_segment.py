"""Words and tags: exactly the text, alike from both engines, with the policy dictionary and without harm to it."""

import subprocess
import sys
from pathlib import Path

import pytest
import rjieba
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import PipelineError
from pipeline.segment import Segmenter, policy_words, segment, segmenter
from pipeline.tagged import TaggedText

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SENTENCES = [
    "全面落实教育优先发展战略，集全县之力，举全县之智，高点站位抓统筹。",
    "2020年以来，投入资金6.5683亿元，新增校舍面积71732平方米、标准学位4160个。",
    "积极推进“县管校聘”落地，定期轮换交流校长教师。",
    "每年从区市级骨干教师中培养20名学科带头人，教师每2周对帮扶学生进行专题辅导1次。",
    "按照5+2模式(每周开展5天、每天至少2小时)，发放50-300元的交通补助。",
    "深入实施中小学教师信息技术应用能力提升工程 2.0，网址www.example.gov.cn，2023-11-19",
]


def words(text, engine=None):
    return segment(text, engine).words()


def tags(text, engine):
    tagged = segment(text, engine)
    return dict(zip(tagged.words(), tagged.tags, strict=True))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_joined_tokens_equal_the_text(text):
    tagged = segment(text)
    assert "".join(tagged.words()) == tagged.text == text
    assert tagged.doc.text == text
    assert [(t.idx, t.text, t.tag_) for t in tagged.doc] == list(
        zip(tagged.starts, tagged.words(), tagged.tags, strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="教育局从县管校聘 a1\n，。", max_size=20), st.integers(-1, 21), st.integers(-1, 21))
def test_spans_of_words_are_those_of_spacy(text, start, end):
    tagged = segment(text)
    inside = 0 <= start < end <= len(text)
    wide = tagged.doc.char_span(start, end, alignment_mode="expand") if inside else None
    assert tagged.span(start, end) == (None if wide is None else (wide.start, wide.end))
    exact = tagged.doc.char_span(start, end) if inside else None
    assert tagged.begins_and_ends(start, end) == (exact is not None)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="教育局从县管校聘\n\r 　a1%-.，。", max_size=40))
def test_newlines_are_tokens_of_their_own(text):
    assert [w for w in words(text) if "\n" in w and w != "\n"] == []


@pytest.mark.parametrize("text", SENTENCES)
def test_both_engines_cut_alike(text):
    assert words(text, "rjieba") == words(text, "jieba")


@pytest.mark.parametrize("text", SENTENCES)
def test_both_engines_tag_known_words_alike(text):
    one, other = tags(text, "rjieba"), tags(text, "jieba")
    known = [w for w in one if rjieba._DEFAULT_JIEBA.has_word(w)]
    assert len(known) > 3
    assert {w: one[w] for w in known} == {w: other[w] for w in known}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of seed documents is not beside the checkout")
def test_both_engines_cut_the_seeds_alike():
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert words(text, "rjieba") == words(text, "jieba"), path.name


@pytest.mark.parametrize(
    "word", ["控辍保学", "县管校聘", "教共体", "放管服", "学位供给", "乡村振兴", "立德树人"]
)
def test_policy_words_stay_whole(word):
    assert not rjieba._DEFAULT_JIEBA.has_word(word)
    assert word in words(f"推进{word}工作")


def test_every_policy_word_alone_is_one_token():
    assert [w for w, _, _ in policy_words() if words(w) != [w]] == []
    assert len(policy_words()) > 500


def test_the_policy_dictionary_is_well_formed():
    rows = policy_words()
    assert len({w for w, _, _ in rows}) == len(rows)
    assert all(freq > 0 and 1 < len(w) <= 15 for w, freq, _ in rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我县中小学校", ["我县", "中小学校"]),
        ("中小微企业贷款", ["中小微企业", "贷款"]),
        ("打赢脱贫攻坚战", ["打赢", "脱贫攻坚战"]),
        ("教育局出台配套政策", ["教育局", "出台", "配套", "政策"]),
    ],
)
def test_policy_words_do_not_break_what_stands_around_them(text, expected):
    assert words(text) == expected


def test_the_packages_global_dictionary_is_left_alone():
    segment("控辍保学")
    assert not rjieba._DEFAULT_JIEBA.has_word("控辍保学")


def test_guessed_words_do_not_swallow_prepositions():
    assert words("每年从区市级骨干教师中培养")[:3] == ["每年", "从", "区"]


def test_an_unknown_engine_is_refused_with_the_known_ones():
    with pytest.raises(PipelineError, match="known: rjieba, jieba"):
        segmenter("thulac")


def test_a_missing_rjieba_falls_back_to_jieba(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rjieba", None)
    assert Segmenter().engine == "jieba"


def test_a_full_vocabulary_is_begun_anew(monkeypatch):
    own = Segmenter()
    before = [own(text).tags for text in SENTENCES]
    monkeypatch.setattr("pipeline.segment.MOST_WORDS", 3)
    monkeypatch.setattr("pipeline.tagged.MOST_WORDS", 3)
    first = own("一二三四五六，推进控辍保学").doc
    assert [own(text).tags for text in SENTENCES] == before
    assert len(own._tags) < 40  # of one text, not of all
    assert first.vocab is not own(SENTENCES[0]).doc.vocab
    assert first.text == "一二三四五六，推进控辍保学"


def test_a_doc_is_made_once_and_only_when_asked_for():
    tagged = segment("推进控辍保学")
    assert tagged._doc is None
    assert tagged.doc is tagged.doc


def test_an_empty_text_has_no_words():
    tagged = TaggedText("", [], [])
    assert (len(tagged), tagged.words(), tagged.span(0, 1), len(tagged.doc)) == (0, [], None, 0)


def test_the_engine_is_loaded_without_the_packages_second_dictionary():
    code = (
        "import sys; from pipeline.segment import segment; first = segment('推进控辍保学').words()\n"
        "assert 'rjieba' not in sys.modules and 'rjieba.rjieba' in sys.modules\n"
        "import rjieba; assert isinstance(rjieba._DEFAULT_JIEBA, sys.modules['rjieba.rjieba'].Jieba)\n"
        "assert not rjieba.has_word('控辍保学') and segment('推进控辍保学').words() == first"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
