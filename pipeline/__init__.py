"""zhengce: pages of Chinese public policy in, tables a researcher can trust out.

The path of one document, in order (`flow.py` says it once):

sources    bytes from files, folders, archives; nothing is lost
decode     bytes -> text, and under which encoding
pages      html, docx, pdf, text -> paragraphs and what the page says about them
repair     damage undone, every change in a ledger
simplify   traditional -> simplified; widths: marks and digits as Chinese is printed
structure  furniture off; masthead (title, issuer, 发文字号, date), region, outline
segment    jieba's words and tags; a spaCy Doc of them on demand
extract    slogans, quantities, measures, citations
duplicates copies of one document: one is kept
tables     Parquet, DuckDB, CSV, Excel; query: read again as pandas frames
compare    the tables of many documents: indicators, promises, slogans, measures, texts, topics
report     all comparisons in one HTML file
plotting   a Chinese font for matplotlib's figures
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

# bound at once, not lazily: the module and its function share a name, and the function must win
from pipeline.simplify import simplify

if TYPE_CHECKING:
    from pipeline import compare, plotting
    from pipeline.batch import Summary, run
    from pipeline.comparing import load_comparisons
    from pipeline.document import PolicyDocument, read, read_text
    from pipeline.duplicates import find_duplicates
    from pipeline.errors import PipelineError
    from pipeline.extensions import add_extractor, remove_extractor
    from pipeline.naming import document_names
    from pipeline.numerals import parse_number, parse_quantity
    from pipeline.query import load
    from pipeline.repaired import RepairedText, repair_text
    from pipeline.settings import Settings, load_settings

__version__ = "0.1.0"

# names are imported when first used, so that `zhengce --help` need not wait for spaCy and pandas
_HOMES = {
    "PipelineError": "errors",
    "PolicyDocument": "document",
    "RepairedText": "repaired",
    "Settings": "settings",
    "Summary": "batch",
    "add_extractor": "extensions",
    "document_names": "naming",
    "find_duplicates": "duplicates",
    "load": "query",
    "load_comparisons": "comparing",
    "load_settings": "settings",
    "parse_number": "numerals",
    "parse_quantity": "numerals",
    "read": "document",
    "read_text": "document",
    "remove_extractor": "extensions",
    "repair_text": "repaired",
    "run": "batch",
}

_PACKAGES = frozenset({"compare", "plotting"})

__all__ = [
    "PipelineError",
    "PolicyDocument",
    "RepairedText",
    "Settings",
    "Summary",
    "add_extractor",
    "compare",
    "document_names",
    "find_duplicates",
    "load",
    "load_comparisons",
    "load_settings",
    "parse_number",
    "parse_quantity",
    "plotting",
    "read",
    "read_text",
    "remove_extractor",
    "repair_text",
    "run",
    "simplify",
]


def __getattr__(name: str) -> Any:
    if name in _PACKAGES:
        return importlib.import_module(f"pipeline.{name}")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"pipeline.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
