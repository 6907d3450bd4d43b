"""The characters that are asked for before a pattern is tried are those that it begins with or ends in: none is missing."""

import re
from typing import Any

import pytest

from pipeline.extract import measures
from pipeline.extract.measures import background, fixed_forms, forms, objects, small_clauses

# the standard library's parser of patterns: no public way tells what a pattern begins with
parse: Any = re._parser.parse


def edge(pattern: Any, *, last: bool) -> tuple[set[str], bool]:
    """Return the characters that what matches begins with or ends in, and whether it may be empty."""
    found: set[str] = set()
    for op, value in reversed(list(pattern)) if last else pattern:
        match str(op):
            case "LITERAL":
                return found | {chr(value)}, False
            case "IN":
                assert all(str(kind) == "LITERAL" for kind, _ in value), "a range has no list of characters"
                return found | {chr(code) for _, code in value}, False
            case "BRANCH":
                parts = [edge(branch, last=last) for branch in value[1]]
                may_be_empty = any(empty for _, empty in parts)
                found |= set().union(*[characters for characters, _ in parts])
            case "SUBPATTERN":
                characters, may_be_empty = edge(value[3], last=last)
                found |= characters
            case "MAX_REPEAT" | "MIN_REPEAT":
                characters, may_be_empty = edge(value[2], last=last)
                found |= characters
                may_be_empty = may_be_empty or value[0] == 0
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case other:
                pytest.fail(f"{other} is not known here")
        if not may_be_empty:
            return found, False
    return found, True


BEGINNINGS = [
    (background._NEVER_BEGINS_RE, background._NEVER_FIRST),
    (measures.REQUEST_RE, measures.REQUESTING),
    (small_clauses.ENTER_RE, small_clauses.ENTERING),
    (fixed_forms.SCHEDULE_RE, fixed_forms.SCHEDULED),
]
ENDINGS = [
    (small_clauses.ENTER_RE, small_clauses.ENTERED),
    (forms.CHARGED_RE, "责"),
    (objects.COUNT_RE, objects.COUNT_ENDS),
    (fixed_forms.SCORED_RE, fixed_forms.FORMED_ENDS),
    (fixed_forms.HELD_TO_RE, fixed_forms.FORMED_ENDS),
    (fixed_forms.PUBLISHED_RE, fixed_forms.FORMED_ENDS),
    (fixed_forms.EARMARKED_RE, fixed_forms.FORMED_ENDS),
    (fixed_forms.SETTLED_RE, fixed_forms.FORMED_ENDS),
    (fixed_forms.SANCTIONED_RE, fixed_forms.FORMED_ENDS),
]


@pytest.mark.parametrize(
    ("pattern", "guard", "last"),
    [*((*pair, False) for pair in BEGINNINGS), *((*pair, True) for pair in ENDINGS)],
)
def test_a_pattern_begins_and_ends_with_none_but_the_characters_asked_for(pattern, guard, last):
    characters, may_be_empty = edge(parse(pattern.pattern), last=last)
    assert not may_be_empty
    assert characters <= set(guard)
