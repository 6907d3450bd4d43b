"""Runs to report on: the documents of corpus/, and the same with every string of every table poisoned."""

import json
from pathlib import Path

import pandas as pd

import pipeline
from pipeline.arrow import arrow_schema
from pipeline.columns import TABLES

ROOT = Path(__file__).parent.parent
ATTACKS = json.loads((ROOT / "tests" / "cases" / "report" / "hostile.json").read_text(encoding="utf-8"))
HUGE = "大" * 3_000 + "W" * 3_000

# what decides how a row is counted stays, so that every chart has something to draw
_KEPT = {
    "documents": {"doc_type", "status", "publish_date", "adcode", "duplicate_of"},
    "quantities": {"indicator_id", "comparator", "norm_unit", "status", "when", "change"},
    "slogans": {"kind"},
    "measures": {"instrument"},
    "citations": {"role"},
}


def seeds():
    """The pages of corpus/."""
    return sorted((ROOT / "corpus").glob("*.txt"))


_SHARED = "全面推行河湖长制，健全县乡村三级巡查机制，落实一河一策治理方案，加强饮用水水源地保护，确保出境断面水质稳定达标，让群众喝上放心水。"
# two counties, two years: a promise kept, a promise missed, and a passage that travels
INVENTED = {
    "柳城县2022年政府工作报告": "各位代表：\n一、2021年工作回顾\n2021年，地区生产总值增长7.5%，一般公共预算收入增长5%。\n二、2022年工作安排\n2022年，地区生产总值增长8%以上，一般公共预算收入增长6%左右。落实“双减”政策。"
    + _SHARED,
    "柳城县2023年政府工作报告": "各位代表：\n一、2022年工作回顾\n2022年，地区生产总值增长8.3%，一般公共预算收入增长3.1%。\n二、2023年工作安排\n2023年，地区生产总值增长7%以上。继续落实“双减”政策。",
    "旬邑县2023年政府工作报告": "各位代表：\n一、2022年工作回顾\n2022年，地区生产总值增长6.1%，一般公共预算收入增长4%。\n二、2023年工作安排\n2023年，地区生产总值增长6.5%以上。落实“双减”政策。"
    + _SHARED,
}

# figures in other terms than the ordinary: cumulative and annual, of a part, of a level above, without a better side
TERMS = {
    "容城县2017年政府工作报告": "各位代表：\n一、过去五年工作回顾\n2016年，地区生产总值完成59.4亿元，比2011年增长21.9%，年均增长4%。\n二、2017年工作安排\n地区生产总值增长8.5%。",
    "容城县2015年政府工作报告": "各位代表：\n一、2014年工作回顾\n2014年，地区生产总值增长6.5%，总人口27万人。其中，民营经济增加值增长9%。全省规模以上工业增加值增长5%。完成投资20亿元。\n二、2015年工作安排\n2015年，地区生产总值增长7%左右。",
    "定兴县2015年政府工作报告": "各位代表：\n一、2014年工作回顾\n2014年，地区生产总值增长8%，完成投资30亿元，总人口60万人。其中，民营经济增加值增长7%。\n二、2015年工作安排\n2015年，地区生产总值增长9%以上。",
}


def run_of_terms(out):
    """Run the pipeline over the reports of TERMS; return the folder."""
    out.mkdir(parents=True, exist_ok=True)
    pages = [out / f"{title}.txt" for title in TERMS]
    for path, (title, text) in zip(pages, TERMS.items(), strict=True):
        path.write_text(f"{title}\n{text}\n", encoding="utf-8")
    pipeline.run(pages, out)
    return out


def run_of_seeds(out):
    """Run the pipeline over corpus/, the invented reports and a file that fails; return the folder."""
    out.mkdir(parents=True, exist_ok=True)
    invented = []
    for title, text in INVENTED.items():
        invented.append(out / f"{title}.txt")
        invented[-1].write_text(f"{title}\n{text}\n", encoding="utf-8")
    bad = out / "坏文件.html"
    bad.write_bytes(b"\x7fELF" + bytes(300))
    pipeline.run([*seeds(), *invented, bad], out)
    return out


def poisoned_run(clean, out):
    """Write a copy of a run in which every free string holds an attack, a different one row by row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = [HUGE if case["text"] == "HUGE" else case["text"] for case in ATTACKS]
    tables = pipeline.load(clean, list(TABLES))
    (out / "tables").mkdir(parents=True)
    for name, columns in TABLES.items():
        frame = tables[name].reset_index(drop=True)
        for column in columns:
            if column.name.endswith("_id") or column.name in _KEPT.get(name, ()) or name == "texts":
                continue
            if column.kind == "string":
                frame[column.name] = [_attack(texts, i, v) for i, v in enumerate(frame[column.name])]
            elif column.kind == "strings":
                frame[column.name] = [
                    texts[i % 5 : i % 5 + 5] if len(v) else [] for i, v in enumerate(frame[column.name])
                ]
        if name == "documents":
            frame["url"] = [texts[(i + 5) % len(texts)] for i in range(len(frame))]
            frame.loc[0, "url"] = "https://www.example.gov.cn/a?b=1&c=<d>".replace("<d>", "2")
        if name == "texts":
            frame["text"] = ["\n".join(texts) + "\n𠮷" + text for text in frame["text"]]
        if "start" in frame:
            shift = len("\n".join(texts) + "\n𠮷")
            frame["start"] += shift
            frame["end"] += shift
        table = pa.Table.from_pandas(pd.DataFrame(frame), schema=arrow_schema(columns), preserve_index=False)
        pq.write_table(table, out / "tables" / f"{name}.parquet")
    return out


def _attack(texts, i, value):
    """The attack for a cell; a missing one stays missing."""
    return None if value is None or pd.isna(value) else texts[i % len(texts)]
