"""Duplicates among the documents of pandas frames, of one run or of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.duplicates.choice import DocumentFacts, choose
from pipeline.duplicates.fingerprint import N_HASHES, fingerprint

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("doc_id", "source", "duplicate_of", "jaccard", "containment", "n_scars", "n_edits")


def find_duplicates(frames: Mapping[str, pd.DataFrame], *, near: bool = True) -> pd.DataFrame:
    """Return the documents that are copies of another one, a row each: doc_id, source, duplicate_of, similarities.

    `frames` holds `documents` and `texts` as `pipeline.load` gives them; frames of several runs may be put together
    with `pandas.concat`. A document that its run marked as a copy has lost its text: it is given as marked, under the copy
    that is kept of all, its similarities missing. `jaccard` and `containment` compare the shingles (5 characters) of both texts, `n_scars` and
    `n_edits` count lost or misread places and words an editor changed. With `near=False` only texts that say
    exactly the same are found.

    >>> import pandas as pd
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "source": ["1.txt", "2.txt"], "status": "ok"})
    >>> texts = pd.DataFrame({"doc_id": ["a", "b"], "text": ["全面落实“双减”。", "全面落实双减"]})
    >>> find_duplicates({"documents": documents, "texts": texts})[["doc_id", "duplicate_of"]].values.tolist()
    [['b', 'a']]

    Raises KeyError when a table or one of the columns doc_id, source, status, text is missing.
    """
    import pandas as pd

    documents, texts = frames["documents"], frames["texts"]
    text_by_id: dict[str, str] = dict(zip(texts["doc_id"], texts["text"], strict=True))
    is_read = (documents["status"] == "ok") & documents["doc_id"].isin(text_by_id)
    read = documents[is_read]
    facts = [_facts(index, row) for index, row in enumerate(read.to_dict("records"))]
    prints = [fingerprint(text_by_id[one.doc_id]) for one in facts]
    digests = np.frombuffer(b"".join(one.digest for one in prints), dtype="<u8").reshape(-1, 2)
    signatures = np.frombuffer(b"".join(one.signature for one in prints), dtype="<u4").reshape(-1, N_HASHES)
    decisions = choose(
        digests,
        signatures,
        lambda wanted: {i: facts[i] for i in wanted},
        lambda wanted: lambda i: text_by_id[facts[i].doc_id],
        near=near,
    )
    rows = [
        (facts[d.index].doc_id, facts[d.index].source, facts[d.kept].doc_id, d.verdict.jaccard,
         d.verdict.containment, d.verdict.n_scars, d.verdict.n_edits)
        for d in decisions
    ]  # fmt: skip
    found = pd.DataFrame(rows, columns=list(_COLUMNS))
    marked = _marked(documents[~is_read], found)
    return pd.concat([found, marked], ignore_index=True) if len(found) else marked if len(marked) else found


def _marked(documents: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the copies that a run has marked, each under the document that is kept of all runs."""
    import pandas as pd

    if "duplicate_of" not in documents:
        return pd.DataFrame(columns=list(_COLUMNS))
    marked = documents[(documents["status"] == "duplicate") & documents["duplicate_of"].notna()]
    kept = dict(zip(found["doc_id"], found["duplicate_of"], strict=True))
    rows = [
        (row["doc_id"], row["source"], kept.get(row["duplicate_of"], row["duplicate_of"]))
        for row in marked.to_dict("records")
    ]
    known = pd.DataFrame(rows, columns=["doc_id", "source", "duplicate_of"])
    return known.reindex(columns=list(_COLUMNS))


def _facts(index: int, row: Mapping[Any, Any]) -> DocumentFacts:
    def said(name: str) -> str | None:
        value = row.get(name)
        return value if isinstance(value, str) else None

    n_repairs = row.get("n_repairs", 0)
    return DocumentFacts(
        index,
        row["doc_id"],
        said("source") or "",
        title=said("title"),
        doc_number=said("doc_number"),
        publish_date=said("publish_date"),
        outlet=said("outlet"),
        url=said("url"),
        script=said("script"),
        damage=None if (damage := row.get("damage")) is None or isinstance(damage, float) else list(damage),
        n_repairs=int(n_repairs) if n_repairs == n_repairs else 0,  # NaN is what pandas makes of null
    )
