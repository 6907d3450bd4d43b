"""One file per chart: tables and comparisons in, its data and the finding its heading states out."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.report.charts.indicators import indicators
from pipeline.report.charts.instruments import instruments
from pipeline.report.charts.keyness import keyness
from pipeline.report.charts.overview import overview
from pipeline.report.charts.pmc import pmc
from pipeline.report.charts.promises import promises
from pipeline.report.charts.reuse import reuse
from pipeline.report.charts.similarity import similarity
from pipeline.report.charts.slogans import slogans
from pipeline.report.charts.topics import topics
from pipeline.report.frames import Chart, Material

# a chart is a file here, a file of the same name in static/charts/, and a line; the order is that of the page
CHARTS: tuple[tuple[str, str, str, Callable[[Material], Chart]], ...] = (
    ("overview", "总览", "Overview", overview),
    ("indicators", "指标", "Indicators", indicators),
    ("promises", "承诺与结果", "Promises and results", promises),
    ("slogans", "数字口号", "Slogans", slogans),
    ("instruments", "政策工具", "Instruments", instruments),
    ("similarity", "文本相似", "Similarity", similarity),
    ("reuse", "文本复用", "Reuse", reuse),
    ("keyness", "关键词", "Key words", keyness),
    ("topics", "主题", "Topics", topics),
    ("pmc", "PMC 指数", "PMC index", pmc),
)
