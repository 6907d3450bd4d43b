"""Files that users write: a BOM before the text is no part of it, and what is missing is said."""

import importlib
from collections import Counter
from pathlib import Path

import pytest

from pipeline import lexicon
from pipeline.compare.codebook import read_codebook
from pipeline.errors import LexiconError, SettingsError
from pipeline.report.field_of_codebook import field_of
from pipeline.settings import load_settings
from pipeline.sources.crawl.sites import load_sources

READERS = {
    load_settings: "workers = 3\n",
    load_sources: '[[site]]\nname = "青溪县"\nstarts = ["https://www.qingxi.gov.cn/"]\n',
    read_codebook: lexicon.model_path("pmc.toml").read_text(encoding="utf-8"),
    field_of: lexicon.model_path("pmc.toml").read_text(encoding="utf-8"),
}
by_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)


def written(path: Path, text: str, encoding: str) -> Path:
    path.write_text(text, encoding=encoding)
    return path


@by_reader
def test_a_bom_before_a_file_of_ones_own_changes_nothing(reader, tmp_path):
    plain, marked = (
        reader(written(tmp_path / "own.toml", READERS[reader], encoding))
        for encoding in ("utf-8", "utf-8-sig")
    )
    assert plain == marked


@by_reader
def test_a_file_that_is_not_there_is_said_to_be_missing(reader, tmp_path):
    with pytest.raises((SettingsError, LexiconError), match=r"none\.toml: there is no such file$"):
        reader(tmp_path / "none.toml")


def test_a_bom_before_a_model_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon, "MODELS", tmp_path)
    written(tmp_path / "units.csv", "# unit,factor\n万吨,10000\n", "utf-8-sig")
    written(tmp_path / "words.txt", "一岗双责\n", "utf-8-sig")
    written(tmp_path / "book.toml", "name = '一'\n", "utf-8-sig")
    assert lexicon.table.__wrapped__("units.csv") == ({"unit": "万吨", "factor": "10000"},)
    assert lexicon.words.__wrapped__("words.txt") == ("一岗双责",)
    assert lexicon.document.__wrapped__("book.toml") == {"name": "一"}


def test_a_name_that_a_model_does_not_hold_is_a_mistake_in_the_model(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon, "MODELS", tmp_path)
    written(tmp_path / "units.csv", "# unit,faktor\n万吨,10000\n", "utf-8")
    written(tmp_path / "book.toml", "name = '一'\n", "utf-8")
    with pytest.raises(LexiconError, match=r"units\.csv:2: there is no factor here"):
        lexicon.table.__wrapped__("units.csv")[0]["factor"]
    with pytest.raises(LexiconError, match=r"book\.toml: there is no nouns here"):
        lexicon.document.__wrapped__("book.toml")["nouns"]


@pytest.mark.parametrize(
    ("name", "text", "line", "read"),
    [
        ("units.csv", "# unit,factor\n万吨,10000\n", 2, lexicon.table),
        ("words.txt", "\n\n一岗双责\n", 3, lexicon.words),
        ("book.toml", "[a]\nb = 1\n\nname = '一岗双责'\n", 4, lexicon.document),
    ],
)
def test_a_model_that_is_saved_in_gbk_is_told_of_with_its_line(name, text, line, read, tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon, "MODELS", tmp_path)
    written(tmp_path / name, text, "gbk")
    with pytest.raises(LexiconError, match=rf"{name}:{line}: this is not UTF-8 — save it as UTF-8"):
        read.__wrapped__(name)


@by_reader
def test_a_file_of_ones_own_that_is_saved_in_gbk_is_told_of_with_its_line(reader, tmp_path):
    written(tmp_path / "own.toml", f"\n# 我的\n{READERS[reader]}", "gbk")
    with pytest.raises((SettingsError, LexiconError), match=r"own\.toml:2: this is not UTF-8"):
        reader(tmp_path / "own.toml")


def test_a_factor_that_is_no_number_is_told_of_with_its_line(tmp_path, monkeypatch):
    units = importlib.import_module("pipeline.numerals.units")  # the package has a function of that name
    monkeypatch.setattr(lexicon, "MODELS", tmp_path)
    monkeypatch.setattr(units, "table", lexicon.table.__wrapped__)
    written(tmp_path / "units.csv", "# unit,base_unit,factor,kind\n万吨,吨,一万,weight\n", "utf-8")
    with pytest.raises(LexiconError, match=r"units\.csv:2: the factor is not a number: 一万"):
        units.units.__wrapped__()


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("furniture.tsv", "# zone\treason\tpattern\nany\tnav\t责任编辑\nany\tnav\t责任(编辑\n", 3),
        ("quantity_names.txt", "# one a line\n九年制\n\n[一二年制\n", 4),
    ],
)
def test_a_mistake_in_a_regular_expression_is_told_of_with_its_line(name, text, line, tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon, "MODELS", tmp_path)
    written(tmp_path / name, text, "utf-8")
    if name.endswith(".tsv"):
        patterns = [row["pattern"] for row in lexicon.table.__wrapped__(name)]
    else:
        patterns = lexicon.words.__wrapped__(name)
    with pytest.raises(LexiconError, match=rf"{name}:{line}: .*is no regular expression"):
        lexicon.any_of(name, patterns, led_by="(?=[一二])")


def test_a_class_of_words_that_is_written_twice_is_told_of_with_both_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon, "MODELS", tmp_path)
    text = "# class,words\nmodal,必须 严禁\nlead,一是\nmodal,应当\n"
    written(tmp_path / "small_words.csv", text, "utf-8")
    message = r"small_words\.csv:4: the class modal is written twice — .*small_words\.csv:2$"
    with pytest.raises(LexiconError, match=message):
        lexicon.word_classes("small_words.csv")
    written(tmp_path / "other_words.csv", "# class,words\nmodal,必须 严禁\n", "utf-8")
    with pytest.raises(LexiconError, match=r"other_words\.csv: there is no lead here"):
        lexicon.word_class("other_words.csv", "lead")


# --- the files of models/ themselves -----------------------------------------------------------------------

WORD_TABLES = ("citation_words.csv", "measure_words.csv", "slogan_words.csv")
LISTS = sorted(path.name for path in lexicon.MODELS.glob("*.txt"))
TABLES = sorted(path.name for path in lexicon.MODELS.glob("*.[ct]sv"))
CONTRADICTORY = [("slogan_known.txt", "slogan_never.txt")]


def repeated(entries):
    return [entry for entry, n in Counter(entries).items() if n > 1]


@pytest.mark.parametrize("name", WORD_TABLES)
def test_no_word_is_written_twice_in_its_class(name):
    assert {
        row["class"]: again for row in lexicon.table(name) if (again := repeated(row["words"].split()))
    } == {}


@pytest.mark.parametrize("name", LISTS)
def test_no_line_of_a_list_is_written_twice(name):
    assert repeated(lexicon.words(name)) == []


@pytest.mark.parametrize("name", TABLES)
def test_no_row_of_a_table_is_written_twice(name):
    assert repeated(tuple(row.values()) for row in lexicon.table(name)) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [("measure_verbs.csv", "verb"), ("units.csv", "unit"), ("doc_types.csv", "word"), ("outlets.csv", "name"), ("indicators.csv", "id"),
     ("quantity_comparators.csv", "word"), ("simplify_supplement.csv", "written"), ("page_meta.csv", "name"), ("page_labels.csv", "label")],
)  # fmt: skip
def test_no_row_of_a_table_takes_the_place_of_another(name, key):
    assert repeated(row[key] for row in lexicon.table(name)) == []


@pytest.mark.parametrize(("one", "other"), CONTRADICTORY)
def test_no_word_is_in_two_lists_that_contradict_each_other(one, other):
    assert set(lexicon.words(one)) & set(lexicon.words(other)) == set()
