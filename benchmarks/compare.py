"""How time and memory of the comparisons grow with the documents: synthetic tables, doubled, each step timed.

    python benchmarks/compare.py --largest 5000

Prints seconds of processor time for each comparison and size, the growth exponent of the last two doublings (1 is linear,
about 1.1 is n log n), and the peak memory of each size. Every size runs in a process of its own.
"""

from __future__ import annotations

import math
import random
import resource
import sys
import time
from typing import Any

import pandas as pd
from doublings import measured

from pipeline.columns import TABLES

CHARACTERS = "教育学校师资均衡发展农村城市项目产业生态环境医疗卫生就业保障文化体育科技创新金融改革安全治理交通水利财政税收园区企业投资消费旅游"
PHRASE = "以习近平新时代中国特色社会主义思想为指导，全面贯彻党的教育方针，落实立德树人根本任务，坚持稳中求进工作总基调，"
INDICATORS = [
    ("gross_regional_product", "地区生产总值", "元"),
    ("general_budget_revenue", "一般公共预算收入", "元"),
    ("retail_sales", "社会消费品零售总额", "元"),
    ("compulsory_retention_rate", "九年义务教育巩固率", "%"),
    ("preschool_gross_enrolment_rate", "学前教育毛入园率", "%"),
]
DOCUMENT = (
    "doc_id",
    "source",
    "title",
    "doc_type",
    "issuer",
    "doc_number",
    "publish_date",
    "outlet",
    "province",
    "city",
    "county",
    "adcode",
    "script",
    "encoding",
    "damage",
    "n_repairs",
    "n_chars",
    "status",
)
SLOGANS = ["四个强化", "五育并举", "三名", "一校一品", "双减", "1+6+N", "五位一体", "三创四建"]


def _words(rng: random.Random, n: int) -> list[str]:
    return ["".join(rng.choices(CHARACTERS, k=rng.choice((2, 2, 3, 4)))) for _ in range(n)]


def synthetic_tables(n_documents: int, seed: int = 0) -> dict[str, pd.DataFrame]:
    """Return tables of invented documents: five a county and year after year, each copying something of its forerunner."""
    rng = random.Random(seed)
    vocabulary = _words(rng, 4000 + n_documents)  # new words keep coming, as names do
    weights = [1 / (i + 10) for i in range(len(vocabulary))]
    rows: dict[str, list[Any]] = {name: [] for name in TABLES}
    copied: dict[int, str] = {}
    for number in range(n_documents):
        county, year, doc = number // 5, 2019 + number % 5, f"{number:016x}"
        words = rng.choices(vocabulary, weights, k=420)
        sentences = ["".join(words[i : i + 14]) + "。" for i in range(0, len(words), 14)]
        sentences.insert(3, PHRASE)
        if county in copied:
            sentences.insert(rng.randrange(len(sentences)), copied[county])
        copied[county] = "".join(sentences[10:13])
        text = "\n".join("".join(sentences[i : i + 5]) for i in range(0, len(sentences), 5))
        code = f"{10 + county // 9000}{county % 9000 // 90:02d}{county % 90 + 1:02d}"
        facts = (
            f"{doc}.txt",
            f"{year}年政府工作报告",
            "工作报告",
            None,
            None,
            f"{year}-01-20",
            None,
            "某省",
            "某市",
            f"县{county}县",
            code,
        )
        rows["documents"].append(
            dict(zip(DOCUMENT, (doc, *facts, "hans", "utf-8", [], 0, len(text), "ok"), strict=True))
        )
        rows["texts"].append((doc, text))
        for i in range(6):
            rows["sections"].append((doc, f"{doc}.h{i:03d}", None, 1, "一、", words[i], 0, 2))
        for i, label in enumerate(rng.sample(SLOGANS, 4)):
            rows["slogans"].append(
                {"doc_id": doc, "slogan_id": f"{doc}.s{i:03d}", "label": label, "kind": "enumerated", "numeral": 3,
                 "items": words[:3], "items_linked": [], "start": 0, "end": 4, "sentence": ""}
            )  # fmt: skip
        for i in range(30):
            indicator_id, name, unit = INDICATORS[i % 5] if i < 20 else (None, words[i], "个")
            status, when = ("target", str(year)) if i % 2 else ("achieved", str(year - 1))
            change = "increase" if unit == "元" and i % 4 > 1 else None
            value = rng.uniform(1, 100)
            rows["quantities"].append(
                (doc, f"{doc}.q{i:03d}", name, name, indicator_id, "=", value, None, unit, value, None, "%" if change else unit,
                 change, status, when, None, i * 10, i * 10 + 6, "", None)
            )  # fmt: skip
        for i in range(40):
            clause = "".join(words[i * 5 : i * 5 + 5])
            kind = rng.choice((("供给型", "人才培养"), ("环境型", "目标规划"), ("需求型", "示范试点")))
            rows["measures"].append(
                {"doc_id": doc, "measure_id": f"{doc}.m{i:03d}", "text": clause, "verb": "推进", "object": clause[2:],
                 "instrument": kind[0], "instrument_sub": kind[1], "heading": words[i], "start": 0, "end": 9, "sentence": ""}
            )  # fmt: skip
        rows["citations"].append((doc, f"{doc}.c000", "教育法", None, "upper", 0, 3))
    return {name: pd.DataFrame(rows[name], columns=[c.name for c in TABLES[name]]) for name in TABLES}


def measure(n_documents: int) -> dict[str, object]:
    """Return seconds by comparison, rows, and peak megabytes for one size."""
    from pipeline.compare import COMPARISONS

    tables = synthetic_tables(n_documents)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds: dict[str, float] = {}
    peaks: dict[str, float] = {}
    for names, function in COMPARISONS:
        started = time.process_time()
        function(tables, "county")
        seconds[names[0]] = time.process_time() - started
        peaks[names[0]] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"n": n_documents, "seconds": seconds, "peaks": peaks, "base": base}


def main() -> None:
    """Run all sizes and print the table."""
    sizes, results = [], []
    for n, result in measured(__file__, __doc__, measure, largest=5000):
        sizes.append(n)
        results.append(result)
        print(f"{n} documents: {sum(result['seconds'].values()):.1f} s", file=sys.stderr)
    if not results:
        return
    print(
        f"{'seconds for documents':18}" + "".join(f"{n:>9}" for n in sizes) + "   exponent   peak MB so far"
    )
    for name in [*results[0]["seconds"], "all"]:
        times = [r["seconds"].get(name, sum(r["seconds"].values())) for r in results]
        span = min(2, len(times) - 1)
        exponent = (
            math.log2(max(times[-1], 1e-3) / max(times[-1 - span], 1e-3)) / span if span else float("nan")
        )
        peak = results[-1]["peaks"].get(name, max(results[-1]["peaks"].values()))
        print(f"{name:21}" + "".join(f"{t:9.2f}" for t in times) + f"{exponent:11.2f}{peak:17.0f}")
    print("peak MB" + " " * 14 + "".join(f"{max(r['peaks'].values()):9.0f}" for r in results))
    print("of which the tables  " + "".join(f"{r['base']:9.0f}" for r in results))


if __name__ == "__main__":
    main()
