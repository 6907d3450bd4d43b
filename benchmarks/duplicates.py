"""Duplicates: speed, memory, and what is found of copies that were planted: duplicates.py [FOLDER] [--sizes 1000 2000 4000]

Documents are made of a small grammar, or are the .txt files of FOLDER. Into them copies of every kind are planted: those of
one document (another header, 5 % of the characters lost or misread, an edge cut, the traditional edition, a mirror's page
repaired) and look-alikes that are documents of their own (another county, another year, one number changed, a draft, an excerpt).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from opencc import OpenCC

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from damage import MARKS_ELSEWHERE, NOTED, mirror, sometimes  # noqa: E402

from pipeline.columns import TABLES  # noqa: E402
from pipeline.duplicates import Prepared, fingerprint, merge_duplicates  # noqa: E402
from pipeline.duplicates.fingerprint import Fingerprint  # noqa: E402
from pipeline.duplicates.verdict import Copy  # noqa: E402
from pipeline.edits import TracedText  # noqa: E402
from pipeline.flow import clean  # noqa: E402
from pipeline.lexicon import table  # noqa: E402
from pipeline.query import load  # noqa: E402
from pipeline.records import DocumentRow, document_id  # noqa: E402
from pipeline.rows import document_row  # noqa: E402
from pipeline.tables import TableWriter  # noqa: E402

COUNTIES = [
    row["county"] for row in table("regions.csv") if row["county"][-1:] == "县" and len(row["county"]) == 3
]
VERBS = [
    "推进",
    "加强",
    "完善",
    "落实",
    "健全",
    "实施",
    "优化",
    "深化",
    "扩大",
    "规范",
    "改善",
    "支持",
    "统筹",
    "开展",
    "建立",
    "提升",
    "强化",
    "鼓励",
    "保障",
    "组织",
]
HEADS = [
    "义务教育",
    "学前教育",
    "职业教育",
    "教师队伍",
    "校园安全",
    "乡村学校",
    "特殊教育",
    "课后服务",
    "集团办学",
    "校舍维修",
    "营养改善",
    "心理健康",
    "教研工作",
    "督导评估",
    "经费投入",
    "城乡供水",
    "农村公路",
    "基层医疗",
    "文化惠民",
    "产业园区",
    "粮食生产",
    "林长制度",
    "养老服务",
    "就业培训",
    "电商物流",
]
TAILS = [
    "优质均衡发展",
    "规范化建设",
    "体制机制改革",
    "扩容提质",
    "标准化管理",
    "长效机制",
    "考核办法",
    "专项行动",
    "示范创建",
    "信息化应用",
    "结对帮扶",
    "资源共享",
    "质量监测",
    "安全排查",
    "补助政策",
    "人才引进",
    "试点工作",
    "台账管理",
    "责任分工",
    "公开公示",
]
WHO = [
    "县教育局",
    "县财政局",
    "各乡镇",
    "县人社局",
    "有关部门",
    "各学校",
    "县卫健局",
    "县住建局",
    "县农业农村局",
    "县交通局",
]
GOALS = ["覆盖率", "达标率", "入园率", "巩固率", "合格率", "参与率", "普及率", "满意率"]


def make_text(seed: int, n_sentences: int = 40) -> str:
    """Return a made-up plan of a county, different for every seed."""
    chance = random.Random(seed)
    county = chance.choice(COUNTIES)
    year = chance.randrange(2012, 2026)
    subject = chance.choice(HEADS) + chance.choice(TAILS)
    lines = [f"{county}{year}年{subject}实施方案"]
    for part in range(1, 6):
        lines.append(
            f"{'一二三四五'[part - 1]}、{chance.choice(VERBS)}{chance.choice(HEADS)}{chance.choice(TAILS)}"
        )
        sentences = []
        for _ in range(n_sentences // 5):
            what = [
                f"{chance.choice(VERBS)}{chance.choice(HEADS)}{chance.choice(TAILS)}"
                for _ in range(chance.randrange(2, 5))
            ]
            end = chance.choice(
                (
                    f"，到{year + chance.randrange(1, 5)}年{chance.choice(HEADS)}{chance.choice(GOALS)}达到{chance.randrange(500, 999) / 10}%以上",
                    f"，由{chance.choice(WHO)}牵头、{chance.choice(WHO)}配合",
                    f"，投入资金{chance.randrange(20, 9000)}万元",
                    "",
                )
            )
            sentences.append("，".join(what) + end + "。")
        lines.append(f"{county}" + "".join(sentences))
    lines.append(f"{county}人民政府办公室")
    lines.append(f"{year}年{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日")
    return "\n".join(lines)


def make_form(seed: int) -> str:
    """Return one form filled in for another county: thousands of these are all candidates of each other."""
    chance = random.Random(seed)
    county = COUNTIES[seed % len(COUNTIES)]
    form = another_county(make_text(0), random.Random(0)) or make_text(0)
    named = Counter(re.findall("|".join(COUNTIES), form)).most_common(1)[0][0]
    form = form.replace(named, county)
    return re.sub(r"\d+(?=万元|\.\d%)", lambda m: str(chance.randrange(20, 9000)), form)


def header(text: str, chance: random.Random) -> str:
    """Another site: its path, its info bar, an editor below."""
    return f"首页 > 政务公开 > 通知公告\n来源：{chance.choice(COUNTIES)}人民政府网\n{text}\n责任编辑：王小明\n【打印】"


def masthead(text: str, chance: random.Random) -> str:
    """A paper's headline in front, a note of the editor behind."""
    return f"重磅发布！这份文件请收好\n{text}\n（本文有删节，请以原件为准）"


def damaged(text: str, chance: random.Random) -> str:
    """5 % of the Chinese characters are lost (U+FFFD, ?, nothing) or misread as a rare one; ASCII outlives all damage."""
    rare = "髃鎶栫銆鍔犲缂栬緫"
    return "".join(
        chance.choice(("\ufffd", "?", "", chance.choice(rare)))
        if char > "\u4e00" and chance.random() < 0.05
        else char
        for char in text
    )


def cut(text: str, chance: random.Random) -> str:
    """The first or the last paragraph is lost; never more than a quarter of the text."""
    lines = text.split("\n")
    least = 0.75 * len(text)
    while True:
        shorter = lines[1:] if chance.random() < 0.5 else lines[:-1]
        if len("\n".join(shorter)) < least or len(shorter) < len(text.split("\n")) - 2:
            return "\n".join(lines)
        lines = shorter


_TO_TRADITIONAL = OpenCC("s2t")


def traditional(text: str, chance: random.Random) -> str:
    """The traditional edition, simplified again."""
    return clean(TracedText(_TO_TRADITIONAL.convert(text))).text


def mirrored(text: str, chance: random.Random) -> str:
    """A mirror's page of the traditional edition (bytes cut at marks, pinyin written in), repaired."""
    seed = chance.randrange(10_000)
    page = mirror(_TO_TRADITIONAL.convert(text), NOTED[:12], MARKS_ELSEWHERE, sometimes(0.3, seed))
    return clean(TracedText(page)).text


def another_county(text: str, chance: random.Random) -> str:
    """The same plan with another county's name: what text-reuse research looks for."""
    named = Counter(re.findall(r"(?:" + "|".join(COUNTIES) + ")", text)).most_common(1)
    other = chance.choice(COUNTIES)
    return text.replace(named[0][0], other) if named and named[0][0] != other else ""


def another_year(text: str, chance: random.Random) -> str:
    """The next year's plan: every year, and every percentage, a little higher."""
    text = re.sub(r"(?:19|20)\d\d(?=年)", lambda m: str(int(m.group()) + 1), text)
    return re.sub(r"\d\d(?=\.\d%)", lambda m: str(min(99, int(m.group()) + 1)), text)


def one_number(text: str, chance: random.Random) -> str:
    """One target is another one."""
    numbers = list(re.finditer(r"\d{2,}(?=万元|所|%|\.\d%)", text))
    if not numbers:
        return ""
    one = chance.choice(numbers)
    return text[: one.start()] + str(int(one.group()) + 7) + text[one.end() :]


def draft(text: str, chance: random.Random) -> str:
    """The draft: it says so in its title, and a sentence is not in it yet."""
    lines = text.split("\n")
    inner = lines[len(lines) // 2].split("。")
    lines[len(lines) // 2] = "。".join(inner[: len(inner) // 2] + inner[len(inner) // 2 + 1 :])
    return "\n".join([lines[0] + "（征求意见稿）", *lines[1:]])


def excerpt(text: str, chance: random.Random) -> str:
    """Half of the document."""
    return text[: len(text) // 2].rpartition("\n")[0] or text[: len(text) // 2]


def passage(text: str, chance: random.Random) -> str:
    """A paragraph of its own in the middle."""
    lines = text.split("\n")
    lines.insert(len(lines) // 2, make_text(chance.randrange(10**6)).split("\n")[2])
    return "\n".join(lines)


Change = Callable[[str, random.Random], str]
COPIES: tuple[Change, ...] = (header, masthead, damaged, cut, traditional, mirrored)
OTHERS: tuple[Change, ...] = (another_county, another_year, one_number, draft, excerpt, passage)


def plant(texts: list[str], share: float, seed: int = 0) -> list[tuple[str, str, int]]:
    """Return (text, kind, number of the original); a share of the texts get one planted text each, kinds in turn."""
    chance = random.Random(seed)
    planted = [(text, "original", k) for k, text in enumerate(texts)]
    kinds = COPIES + OTHERS
    chosen = chance.sample(range(len(texts)), int(share * len(texts)))
    for rank, k in enumerate(chosen):
        change = kinds[(rank + seed) % len(kinds)]  # few texts have every kind after some rounds
        if (changed := change(texts[k], chance)) and (change in COPIES or changed != texts[k]):
            planted.append((changed, change.__name__, k))
    chance.shuffle(planted)
    return planted


def memory(field: str, *, fresh: bool = False) -> float:
    """Return a figure of this process in MB, as Linux keeps it; `fresh` begins the peak (VmHWM) anew."""
    if fresh:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else float("nan")


def write(planted: list[tuple[str, str, int]], out: Path) -> tuple[dict[str, float], Counter[str]]:
    """Write documents, texts and fingerprints as a run does; return seconds of both, MB the merge needed, and its counts."""
    seconds = {"prints": 0.0, "merge": 0.0, "memory": 0.0}

    def settle(folder: Path) -> Counter[str]:
        before = memory("VmRSS", fresh=True)
        started = time.process_time()
        removed = merge_duplicates(folder)
        seconds["merge"] = time.process_time() - started
        seconds["memory"] = memory("VmHWM") - before
        return removed

    with TableWriter(out, settle) as writer:
        for number, (text, kind, original) in enumerate(planted):
            started = time.process_time()
            seen = fingerprint(text)
            seconds["prints"] += time.process_time() - started
            doc_id = document_id(f"{number} {kind} {original}".encode())
            first = text.split("\n")[0]
            title = first if kind != "masthead" and len(first) <= 40 else None
            row = DocumentRow(doc_id, f"{original}/{kind}/{number}.txt", title=title, n_chars=len(text))
            rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES} | {
                "documents": [document_row(row)],
                "texts": [(doc_id, text)],
            }
            writer.add(rows | {"fingerprints": [(doc_id, seen.digest, seen.signature)]})
        del rows
    return seconds, writer.removed


def judge(out: Path) -> tuple[dict[str, Counter[str]], list[str]]:
    """Return, by kind of planted text, how many were joined with their original; and pairs that were joined for nothing."""
    rows = load(out, ["documents"])["documents"].to_dict("records")
    original, kind = ({row["doc_id"]: row["source"].split("/")[part] for row in rows} for part in (0, 1))
    kept_of = {
        row["doc_id"]: row["duplicate_of"] if row["status"] == "duplicate" else row["doc_id"] for row in rows
    }
    kept = {original[one]: kept_of[one] for one in kept_of if kind[one] == "original"}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in kept_of:
        if kind[one] != "original":
            found[kind[one]]["joined" if kept_of[one] == kept[original[one]] else "apart"] += 1
    strangers = [
        f"{original[one]}/{kind[one]} -> {original[other]}/{kind[other]}"
        for one, other in kept_of.items()
        if original[one] != original[other]
    ]
    return found, strangers


def estimated_jaccard(one: Fingerprint, other: Fingerprint) -> float:
    """Return the share of equal numbers in two signatures, which estimates the Jaccard similarity of the texts."""
    first, second = (np.frombuffer(each.signature, dtype="<u4") for each in (one, other))
    return float((first == second).mean())


def print_estimates(planted: list[tuple[str, str, int]]) -> None:
    """Compare the signatures' estimate with the exact Jaccard similarity over planted pairs."""
    originals = {k: text for text, kind, k in planted if kind == "original"}
    errors: list[float] = []
    for text, kind, k in planted:
        if kind == "original" or len(errors) == 300:
            continue
        one, other = (Prepared(Copy(t)).shingles for t in (text, originals[k]))
        shared = len(np.intersect1d(one, other, assume_unique=True))
        exact = shared / (len(one) + len(other) - shared)
        errors.append(estimated_jaccard(fingerprint(text), fingerprint(originals[k])) - exact)
    print(
        f"estimate of MinHash against exact Jaccard, {len(errors)} pairs: mean error {np.mean(errors):+.3f}, "
        f"standard deviation {np.std(errors):.3f}, largest {np.max(np.abs(errors)):.3f}"
    )


def main() -> None:
    """Print speed and memory for growing corpora, then what was found in the largest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "folder", type=Path, nargs="?", help="cleaned or raw .txt files instead of made-up ones"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000])
    parser.add_argument(
        "--forms", type=int, nargs="+", default=[500, 1000, 2000], help="documents of one form"
    )
    parser.add_argument("--share", type=float, default=0.24, help="of the documents that get a planted one")
    parser.add_argument("--show", action="store_true", help="name pairs that were joined for nothing")
    args = parser.parse_args()
    if args.folder:
        given = [
            clean(TracedText(p.read_text(encoding="utf-8", errors="replace"))).text
            for p in sorted(args.folder.rglob("*.txt"))
        ]
        args.sizes, args.share = [len(given)], 1.0
    for size in args.sizes:
        texts = given if args.folder else [make_text(seed) for seed in range(size)]
        rounds = 12 if args.folder else 1
        planted = [
            one
            for seed in range(rounds)
            for one in plant(texts, args.share, seed)
            if not seed or one[1] != "original"
        ]
        n_chars = sum(len(text) for text, _, _ in planted)
        with tempfile.TemporaryDirectory() as folder:
            cost, removed = write(planted, Path(folder))
            found, strangers = judge(Path(folder))
        print(
            f"{len(planted):7} documents ({n_chars / len(planted):.0f} characters): fingerprint {1e3 * cost['prints'] / len(planted):.2f} ms, "
            f"choice and rewriting {1e3 * cost['merge'] / len(planted):.2f} ms a document; {removed['documents']} duplicates; {cost['memory']:.0f} MB more memory at its peak"
        )
    for size in () if args.folder else args.forms:
        with tempfile.TemporaryDirectory() as folder:
            forms = [(make_form(seed), "original", seed) for seed in range(size)]
            forms += [(header(text, random.Random(k)), "header", k) for text, _, k in forms[::50]]
            cost, removed = write(forms, Path(folder))
        print(
            f"{len(forms):7} filled-in copies of one form: choice and rewriting {1e3 * cost['merge'] / len(forms):.2f} ms a document; "
            f"{removed['documents']} duplicates of {len(forms) - size} planted"
        )
    print_estimates(planted)
    for change in COPIES + OTHERS:
        counts = found[change.__name__]
        right = counts["joined" if change in COPIES else "apart"]
        print(
            f"{'copy' if change in COPIES else 'other':6}{change.__name__:16}{right:6} of {counts.total()} right"
        )
    print(f"joined for nothing (neither copy nor original): {len(strangers)}")
    if args.show:
        print("\n".join(strangers[:20]))


if __name__ == "__main__":
    main()
