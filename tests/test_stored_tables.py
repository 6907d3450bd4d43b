"""The tables of models/ that are made from other data say what that data says: scripts/build_tables.py writes them."""

import json

import numpy as np

from pipeline.lexicon import model_path
from pipeline.repair import signs
from pipeline.simplify import tables


def test_the_stored_characters_are_those_of_the_dictionaries():
    assert json.loads(model_path(tables.STORED).read_text(encoding="utf-8")) == tables.build()


def test_the_stored_signs_are_those_of_the_rules():
    made = signs.build()
    with np.load(model_path(signs.STORED), allow_pickle=False) as stored:
        assert set(stored.files) == set(made)
        for name in made:
            assert np.array_equal(stored[name], made[name]), name


def test_signs_are_made_anew_where_a_rule_has_changed(monkeypatch):
    stored = signs._table()
    monkeypatch.setattr(signs, "SPAM_PAIRS", "新村")
    assert signs.rules_digest() != str(np.load(model_path(signs.STORED))["rules"])
    assert len(signs._table.__wrapped__().pairs) < len(stored.pairs)
