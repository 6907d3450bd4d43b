"""The tables of models/ that are made from other data say what that data says: scripts/build_tables.py writes them."""

import json
import unicodedata

import numpy as np

from pipeline.lexicon import model_path
from pipeline.repair import sign_rules, signs
from pipeline.simplify import tables

STORED_WITH_UNICODE = "14.0.0"  # that of Python 3.11


def test_the_stored_characters_are_those_of_the_dictionaries():
    assert json.loads(model_path(tables.STORED).read_text(encoding="utf-8")) == tables.build()


def test_the_stored_signs_are_those_of_the_rules():
    made = sign_rules.build()
    with np.load(model_path(sign_rules.STORED), allow_pickle=False) as stored:
        assert set(stored.files) == set(made)
        for name in made.keys() - {"marks"}:
            assert np.array_equal(stored[name], made[name]), name
        new_letters = np.flatnonzero(np.unpackbits(stored["marks"]) != np.unpackbits(made["marks"]))
    if unicodedata.unidata_version == STORED_WITH_UNICODE:
        assert not len(new_letters)
    # a newer Python knows letters that Unicode had not assigned when the table was stored, none of them Chinese
    assert all(chr(code).isalnum() and not "\u3400" <= chr(code) <= "\u9fff" for code in new_letters)
    assert len(new_letters) < 100


def test_signs_are_made_anew_where_a_rule_has_changed(monkeypatch):
    stored = signs._table()
    monkeypatch.setattr(sign_rules, "SPAM_PAIRS", "新村")
    assert sign_rules.rules_digest() != str(np.load(model_path(sign_rules.STORED))["rules"])
    assert len(signs._table.__wrapped__().pairs) < len(stored.pairs)
