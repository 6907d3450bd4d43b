"""Patterns compile when they are asked first; what is checked here is that all of them can be, and answer like compiled ones."""

import gc
import importlib
import pkgutil
import re

import pytest

import pipeline
from pipeline.lazy_re import METHODS, LazyPattern, compiled_once, lazy_re

YEAR = r"(?P<year>\d{4})年"
TEXT = "2023年出台，2025年完成"


def _patterns() -> list[LazyPattern]:
    """Return every lazy pattern of the package; modules of extras that are not installed are left out."""
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError:
                continue
    return [each for each in gc.get_objects() if isinstance(each, LazyPattern)]


def test_every_pattern_compiles():
    patterns = _patterns()
    assert len(patterns) > 1000
    wrong = {}
    for pattern in patterns:
        try:
            re.compile(pattern.pattern, pattern.flags)
        except re.error as error:
            wrong[pattern.pattern] = str(error)
    assert wrong == {}


def test_sets_of_characters_worked_out_once_make_the_same_patterns():
    patterns = [(each.pattern, each.flags) for each in _patterns()]
    patterns += [
        ("[一-龥a-z]三", re.IGNORECASE),
        ("[^一-龥]{2}[一-龥]", 0),
        ("[a-zé]", re.IGNORECASE | re.ASCII),
    ]
    re.purge()
    ours = [compiled_once(*each) for each in patterns]
    re.purge()  # or Python gives back the ones just made
    assert [
        n
        for n, (a, b) in enumerate(zip(ours, (re.compile(*each) for each in patterns), strict=True))
        if a != b
    ] == []


def test_pythons_own_compiler_is_left_as_it_was():
    before = vars(re._compiler)["_optimize_charset"]
    with pytest.raises(re.error):
        compiled_once("[一-龥](")
    assert vars(re._compiler)["_optimize_charset"] is before


@pytest.mark.parametrize("method", ["search", "match", "fullmatch", "findall", "split"])
def test_it_answers_as_a_compiled_one(method):
    lazy, compiled = (getattr(of(YEAR), method)(TEXT) for of in (lazy_re, re.compile))
    assert str(lazy) == str(compiled)


def test_it_replaces_and_names_groups_as_a_compiled_one():
    assert lazy_re(YEAR).sub(r"\g<year>", TEXT) == "2023出台，2025完成"
    assert lazy_re(YEAR).groupindex == {"year": 1}
    assert lazy_re("A", re.IGNORECASE).findall("aA") == ["a", "A"]
    assert lazy_re(rb"\xe5").match("四".encode()) is not None


def test_it_is_compiled_once_and_only_when_asked():
    pattern = lazy_re(YEAR)
    assert "search" not in vars(pattern)
    assert pattern.search(TEXT)
    assert set(METHODS) <= vars(pattern).keys()


def test_a_mistake_is_told_when_it_is_asked():
    pattern = lazy_re("(")
    with pytest.raises(re.error):
        pattern.search(TEXT)


def test_it_has_nothing_else():
    with pytest.raises(AttributeError, match="scanner"):
        _ = lazy_re(YEAR).scanner
