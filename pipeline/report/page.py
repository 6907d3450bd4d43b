"""The page: templates, styles and scripts in one file, under a policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.charts import CHARTS
from pipeline.report.frames import Both, Chart
from pipeline.report.packing import pack

_HERE = Path(__file__).parent
SCRIPTS = (
    "dom",
    "numbers",
    "store",
    "viewer",
    "table",
    "bars",
    "heat",
    *(f"charts/{c[0]}" for c in CHARTS),
    "main",
)
STYLES = ("page", "charts", "print")


def render(
    charts: Mapping[str, Chart], data: Mapping[str, Any], texts: Mapping[int, str], notes: tuple[Both, ...]
) -> str:
    """Return the HTML of a report; `texts` are packed already, by number of document."""
    script, style = _script(), _style()
    return (
        _environment()
        .get_template("report.html")
        .render(
            charts=[(name, zh, en, charts[name]) for name, zh, en, _ in CHARTS],
            notes=notes,
            policy=_policy(script, style),
            script=Markup(script),  # noqa: S704  our own files
            style=Markup(style),  # noqa: S704
            data=pack(data),
            texts=texts,
        )
    )


def _policy(script: str, style: str) -> str:
    """Only this script and this style, told by their hashes; no request, no eval, no HTML made of strings."""
    return "; ".join((
        "default-src 'none'",
        f"script-src '{_hash(script)}'",
        f"style-src '{_hash(style)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ))  # fmt: skip


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


@functools.lru_cache(maxsize=1)
def _script() -> str:
    parts = (_HERE.joinpath("static", f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();"


@functools.lru_cache(maxsize=1)
def _style() -> str:
    return "\n".join(_HERE.joinpath("static", f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


@functools.lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
