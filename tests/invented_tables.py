"""Small invented tables for tests of comparisons: name the cells that matter, the rest are the usual ones."""

import pandas as pd

from pipeline.columns import TABLES

_DOCUMENT = {
    "doc_type": "工作报告",
    "province": "某省",
    "city": "某市",
    "status": "ok",
    "damage": [],
    "n_repairs": 0,
}
_USUAL = {
    "documents": _DOCUMENT,
    "quantities": {
        "comparator": "=",
        "status": "achieved",
        "start": 0,
        "end": 0,
        "norm_unit": "%",
        "sentence": "",
    },
    "slogans": {"kind": "enumerated", "items": [], "start": 0, "end": 0, "sentence": ""},
    "measures": {"verb": "推进", "object": "", "start": 0, "end": 0, "sentence": ""},
    "citations": {"role": "upper", "start": 0, "end": 0},
    "sections": {"level": 1, "start": 0, "end": 0},
}
_LETTERS = {"quantities": "q", "slogans": "s", "measures": "m", "citations": "c", "sections": "h"}


def invented(documents, **tables):
    """Tables from dicts; `documents` may carry `text`; ids, offsets and units follow where they are not given."""
    texts = [
        {"doc_id": d["doc_id"], "text": d.get("text", "")} for d in documents if d.get("status", "ok") == "ok"
    ]
    rows = {"documents": documents, "texts": texts, **tables}
    frames = {}
    for name, columns in TABLES.items():
        made = []
        for i, row in enumerate(rows.get(name, [])):
            full = {**_USUAL.get(name, {}), **row}
            if name in _LETTERS:
                full.setdefault(
                    f"{name[:-1] if name != 'quantities' else 'quantity'}_id",
                    f"{full['doc_id']}.{_LETTERS[name]}{i:03d}",
                )
            if name == "quantities":
                full.setdefault("norm_value", full.get("value"))
                full.setdefault("norm_value_high", full.get("value_high"))
                full.setdefault("unit", full["norm_unit"])
                full.setdefault("text", f"{full['indicator']}{full['value']}")
            made.append([full.get(c.name) for c in columns])
        frames[name] = pd.DataFrame(made, columns=[c.name for c in columns])
    return frames


def report(doc_id, county, year, text="", **more):
    """A work report of an invented county, held in January."""
    code = {"甲县": "990101", "乙县": "990102", "丙县": "990103"}.get(county)
    facts = {
        "title": f"{county}{year}年政府工作报告",
        "publish_date": f"{year}-01-15",
        "county": county,
        "adcode": code,
    }
    return {"doc_id": doc_id, "source": f"{doc_id}.txt", "text": text, **facts, **more}
