"""How complete every policy is: the PMC index, its variables, its surface."""

from __future__ import annotations

from typing import Any

from pipeline.lazy_re import lazy_re
from pipeline.report.display import printable
from pipeline.report.evidence import as_list
from pipeline.report.field_of_codebook import Field, documents_of_field, field_of
from pipeline.report.frames import Both, Chart, Material, number, records, whole_number

_PLACES = 20
OUTSIDE = "不适用"  # the level of a document that the codebook was not made for
_SPAN_RE = lazy_re(r"(\d{1,9})-(\d{1,9})")


def pmc(material: Material) -> Chart:
    """Return the index of every document, the values of the surface, and each rule with its evidence."""
    frame, scores, surface = (material.frame(n) for n in ("pmc", "pmc_scores", "pmc_surface"))
    nothing: dict[str, Any] = {"rows": [], "rules": [], "scores": [], "surface": []}
    frame = frame[frame["index"].notna()] if not frame.empty else frame
    if frame.empty:
        return Chart(nothing, Both("没有可评分的文件", "No document to score"))
    limit = min(_PLACES, material.limits.places)
    variables = dict(zip(scores["variable"], scores["variable_name"], strict=True)) if len(scores) else {}
    field = field_of(material.codebook)
    inside = documents_of_field(material.tables, field.theme) if field.theme else set(frame["doc_id"])
    rows: list[list[Any]] = [
        [
            material.document(row["doc_id"]), number(row["index"], 2), printable(row["level_name"]) if row["doc_id"] in inside else OUTSIDE,
            whole_number(row["rank"]), number(row["concavity"], 2), _weakest(row, variables), number(row["strength"], 1),
            material.evidence.of(row["evidence_ids"], limit),
        ]
        for row in records(frame.sort_values("rank", kind="stable"))
        if material.document(row["doc_id"]) is not None
    ]  # fmt: skip
    rules: dict[str, list[str]] = {}
    score_rows: list[list[Any]] = []
    for row in records(scores):
        document = material.document(row["doc_id"])
        if document is None:
            continue
        key = str(row["sub_variable"])
        names = [
            printable(row[c]) for c in ("variable", "variable_name", "sub_variable", "sub_variable_name")
        ]
        rules.setdefault(key, names)
        if row["score"]:
            places = material.evidence.of(row["row_ids"], limit) + _places(material, row, limit)
            score_rows.append([document, list(rules).index(key), int(row["n_evidence"] or 0), places[:limit]])
    surface_rows = [
        [material.document(row["doc_id"]), int(row["row"]), int(row["column"]), printable(row["variable_name"]), number(row["value"], 3)]
        for row in records(surface)
        if material.document(row["doc_id"]) is not None
    ]  # fmt: skip
    n_inside = sum(r[2] != OUTSIDE for r in rows)
    data = {"rows": rows, "rules": list(rules.values()), "scores": score_rows, "surface": surface_rows}
    return Chart(data, _finding(rows, n_inside, field), (_made_for(field, n_inside, len(rows)),))


def _weakest(row: dict[str, Any], names: dict[Any, Any]) -> str:
    """The lowest variable by its name; a document that has everything has none."""
    return printable(names.get(row["weakest"], row["weakest"])) if row["concavity"] > 1e-9 else ""


def _finding(rows: list[list[Any]], n_inside: int, field: Field) -> Both:
    """The mean and the span of the index; where most documents are of another field, that it does not fit them."""
    n = len(rows)
    if n_inside * 2 < n:
        few = f"只有 {n_inside:,} 份" if n_inside else "没有一份"
        return Both(
            f"评分用的是{field.theme}编码表，{n:,} 份文件中{few}以{field.theme}举措为主：以下指数不能用来评价这些文件",
            f"The codebook is for {field.en}; {n_inside:,} of {n:,} documents are of that field: the index says nothing about the others",
        )
    mean = sum(r[1] for r in rows) / n if n else 0
    return Both(
        f"{n:,} 份文件的 PMC 指数平均 {mean:.2f}，最高 {rows[0][1]:.2f}，最低 {rows[-1][1]:.2f}",
        f"PMC index of {n:,} documents: mean {mean:.2f}, from {rows[-1][1]:.2f} to {rows[0][1]:.2f}",
    )


def _made_for(field: Field, n_inside: int, n: int) -> Both:
    """What the codebook was made for, how many documents are of that field, and how to give one's own."""
    own_zh = "换用自己的编码表：复制 models/pmc.toml 改好，用 zhengce report DIR --codebook 文件.toml（笔记本 05 有例）。"
    own_en = "For a codebook of your own copy models/pmc.toml, edit it, and give it with zhengce report DIR --codebook FILE.toml (notebook 05 has an example)."
    if not field.theme:
        return Both(
            f"编码表 {field.file} {f'为{field.zh}而编' if field.zh else '没有说明（about）为哪类文件而编'}；等级是否适用于这些文件，请自行判断。{own_zh}",
            f"The codebook {field.file} {f'was made for {field.en}' if field.en else 'does not say (about) what it is for'}; whether its levels fit is for you to "
            f"judge. {own_en}",
        )
    return Both(
        f"编码表 {field.file} 为{field.zh}而编，领域、对象、目标各项都按{field.theme}设定。这里 {n:,} 份文件中，{n_inside:,} 份有一半以上的举措涉及{field.theme}"
        f"（models/themes.csv 的词）；其余不给等级，指数只说明提到了多少{field.theme}内容。{own_zh}",
        f"The codebook {field.file} was made for {field.en}; its fields, addressees and goals are those of that field. Of the {n:,} documents here {n_inside:,} have at least "
        f"half their measures in it (words of models/themes.csv); the others get no level, and their index only says how much of that field they mention. {own_en}",
    )


def _places(material: Material, row: dict[str, Any], limit: int) -> list[int]:
    found = []
    for text in as_list(row["starts"])[:limit]:
        match = _SPAN_RE.fullmatch(str(text))
        place = material.evidence.at(row["doc_id"], int(match[1]), int(match[2])) if match else None
        if place is not None:
            found.append(place)
    return found
