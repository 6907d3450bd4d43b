"""The stored notebooks: run top to bottom, small, free of this or that machine, and built on public names alone."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import pipeline
from pipeline import compare

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCRIPT = ROOT / "scripts" / "run_notebooks.py"
OUTSIDE = {"os", "re", "tempfile", "pathlib", "matplotlib", "numpy", "pandas"}
MOST_IMAGE = 150_000  # characters of base64
# two or more folders from the root, or a drive; a closing tag, an address and a relative path are none
ABSOLUTE_RE = re.compile(r"(?<![\w.:/<~-])/[A-Za-z0-9_.-]{1,60}/[A-Za-z0-9_.-]|\b[A-Z]:\\\\?[A-Za-z]")


def _read(path):
    return nbformat.read(path, as_version=4)


def _code(path):
    return [cell for cell in _read(path).cells if cell.cell_type == "code"]


def _outputs(path):
    return [output for cell in _code(path) for output in cell.outputs]


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


def test_there_are_the_five_notebooks():
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@each_notebook
def test_it_ran_top_to_bottom_without_error_or_warning(path):
    assert [cell.execution_count for cell in _code(path)] == list(range(1, len(_code(path)) + 1))
    assert {output.output_type for output in _outputs(path)} <= {"execute_result", "display_data"}
    assert all(cell.outputs for cell in _code(path)[1:] if not cell.source.startswith("INSTITUTION_RE"))


@each_notebook
def test_nothing_stored_depends_on_the_machine_or_the_hour(path):
    notebook = _read(path)
    assert [cell.id for cell in notebook.cells] == [f"cell-{n:02d}" for n in range(len(notebook.cells))]
    assert all(not cell.metadata for cell in notebook.cells)
    assert notebook.metadata.language_info == {"name": "python"}
    words = [cell.source for cell in notebook.cells]
    words += [str(v) for o in _outputs(path) for kind, v in o.data.items() if kind.startswith("text/")]
    assert [found.group() for text in words for found in ABSOLUTE_RE.finditer(text)] == []


@each_notebook
def test_its_pictures_are_small(path):
    sizes = [len(output.data["image/png"]) for output in _outputs(path) if "image/png" in output.data]
    assert all(size <= MOST_IMAGE for size in sizes)
    assert path.stem == "01_first_look" or len(sizes) >= 3


@each_notebook
def test_it_uses_public_names_alone(path):
    tree = ast.parse("\n".join(cell.source for cell in _code(path)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= OUTSIDE | {"pipeline"}
            assert all(alias.name == "pipeline" for alias in node.names if alias.name.startswith("pipeline"))
        elif isinstance(node, ast.ImportFrom):
            home = str(node.module)
            assert home == "pipeline" or home.split(".")[0] in OUTSIDE
            if home == "pipeline":
                assert {alias.name for alias in node.names} <= set(pipeline.__all__)
        elif isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_")
            owner = node.value.id if isinstance(node.value, ast.Name) else None
            public = {"pipeline": pipeline.__all__, "compare": compare.__all__}
            assert owner not in public or node.attr in public[owner]


@each_notebook
def test_a_folder_of_the_readers_own_can_be_given(path):
    assert 'FOLDER = Path(os.environ.get("ZHENGCE_CORPUS", "../corpus"))' in _code(path)[0].source


def _run(*arguments):
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _notebook(folder, name, *sources):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source, id=f"cell-{n:02d}") for n, source in enumerate(sources)]
    )
    nbformat.write(notebook, folder / name)
    return folder / name


def test_a_cell_that_raises_fails_the_run_and_changes_nothing(tmp_path):
    path = _notebook(tmp_path, "01_wrong.ipynb", "1 + 1", "1 / 0")
    before = path.read_bytes()
    result = _run("--write", "--folder", tmp_path)
    assert result.returncode == 1
    assert "01_wrong.ipynb" in result.stderr
    assert "ZeroDivisionError" in result.stderr
    assert path.read_bytes() == before


def test_outputs_are_stored_on_request_alone_and_twice_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGCE_CORPUS", "somewhere")
    path = _notebook(tmp_path, "02_right.ipynb", "import os", "6 * 7, os.environ.get('ZHENGCE_CORPUS')")
    before = path.read_bytes()
    assert _run("--folder", tmp_path).returncode == 0
    assert path.read_bytes() == before
    assert _run("--write", "--folder", tmp_path).returncode == 0
    stored = path.read_bytes()
    assert json.loads(stored)["cells"][1]["outputs"][0]["data"]["text/plain"] == ["(42, None)"]
    assert _run("--write", "--folder", tmp_path).returncode == 0
    assert path.read_bytes() == stored


def test_a_name_that_no_notebook_has_fails(tmp_path):
    assert _run("nothing_like_this").returncode == 1
    assert _run("--folder", tmp_path).returncode == 1


def _cell_with(path, words):
    """The source of the one code cell that holds some words."""
    (source,) = (cell.source for cell in _code(path) if words in cell.source)
    return source


def _reported(*rows):
    """Rows of compare_indicators, the whole place's own and of one year where nothing else is said."""
    plain = {
        "group": "容城县", "indicator_id": "gross_regional_product", "indicator": "地区生产总值", "aspect": "growth", "unit": "%", "per": None,
        "base": None, "status": "achieved", "period": None, "state": "reported", "comparator": "=", "value_high": None, "scope": "whole",
    }  # fmt: skip
    return pd.DataFrame([plain | row for row in rows]).astype({"year": "Int64"})


def test_the_latest_figure_is_of_one_series():
    source = _cell_with(NOTEBOOKS[3], "is_one_year = ")
    reported = _reported(
        {"year": 2014, "value": 6.5},
        {"year": 2016, "value": 21.9, "base": "2011"},
        {"year": 2016, "value": 4.0, "base": "2011", "per": "年均"},
        {"year": 2020, "value": 7.0, "period": "2016-2020"},
        {"year": 2020, "value": 12.0, "scope": "part"},
        {"year": 2021, "value": 11.5, "per": "年均"},
        {"year": 2014, "value": 8.0, "group": "定兴县"},
    )
    names = {"pd": pd, "reported": reported, "groups": ["容城县", "定兴县"]}
    *statements, last = ast.parse(source).body
    exec(compile(ast.Module(statements, []), "cell", "exec"), names)
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    assert shown.shape == (1, 2)
    assert [
        text.startswith(n) and "2014" in text for text, n in zip(shown.iloc[0], ("6.5", "8"), strict=True)
    ] == [True, True]


def test_the_panels_of_promises_are_whole_and_what_is_not_drawn_is_said():
    source = _cell_with(NOTEBOOKS[2], "left_out = ").partition("fig, axes")[0]
    sizes = {"地区生产总值": 14, "城镇登记失业率": 8, "森林覆盖率": 5, "人均可支配收入": 2}
    rows = [
        {"group": f"{n:02d}县", "indicator": name, "aspect": "level", "per": None, "year": 2020, "outcome": "met", "unit": "%",
         "result": 1.0, "base": None, "period": None}
        for name, size in sizes.items() for n in range(size)
    ]  # fmt: skip
    for most, drawn in ((24, ["地区生产总值", "城镇登记失业率"]), (10, ["地区生产总值"]), (99, list(sizes))):
        names = {"promises": pd.DataFrame(rows), "MOST_ROWS": most}
        exec(source, names)
        assert {what: len(some) for what, some in names["panels"]} == {what: sizes[what] for what in drawn}
        assert names["left_out"].sum() == sum(sizes.values()) - sum(sizes[what] for what in drawn)


def test_large_sums_are_printed_as_the_genre_prints_them():
    names = {}
    exec(_cell_with(NOTEBOOKS[3], "def in_words").partition("is_one_year")[0], names)
    rows = _reported(
        {"year": 2020, "value": 2.367e10, "unit": "元"}, {"year": 2020, "value": 5_650_000_000, "unit": "元", "comparator": ">="},
        {"year": 2021, "value": 4160, "unit": "个"}, {"year": 2021, "value": 70_400, "value_high": 80_000, "unit": "亩", "comparator": "range"},
    )  # fmt: skip
    assert [names["in_words"](row) for row in rows.itertuples()] == [
        "236.7亿元（2020）",
        "≥56.5亿元（2020）",
        "4,160个（2021）",
        "7.04—8万亩（2021）",
    ]


def test_no_notebook_prints_a_sum_in_scientific_notation_or_a_variable_by_its_number():
    for path in NOTEBOOKS:
        shown = "\n".join(str(o.data.get("text/plain", "")) for o in _outputs(path))
        assert re.findall(r"\b\d\.\d+e\+\d\d\b", shown) == [], path.stem
    book = "\n".join(
        str(o.data.get("text/plain", "")) for o in _outputs(NOTEBOOKS[4]) if "weakest" in str(o.data)
    )
    assert "目标" in book


def test_differences_of_rates_are_points():
    source = _cell_with(NOTEBOOKS[2], "def difference")
    names = {"pd": pd}
    exec("def difference" + source.partition("def difference")[2].partition("is_checked")[0], names)
    rows = pd.DataFrame({"gap": [-1.9, 2.5e8, None], "unit": ["%", "元", "%"]})
    assert [names["difference"](row) for row in rows.itertuples()] == ["-1.9个百分点", "+2.5亿元", ""]


def test_the_places_of_slogans_are_shown_with_the_number_of_their_documents():
    assert "不等于首创" in "".join(cell.source for cell in _read(NOTEBOOKS[1]).cells)
    source = _cell_with(NOTEBOOKS[1], "n_read = ")
    part = "n_read = " + source.partition("n_read = ")[2].partition("ax.set_xticks")[0]
    documents = pd.DataFrame({"adcode": ["130608", "130608", "130629", None], "status": ["ok", "ok", "ok", "failed"]})  # fmt: skip
    uses = pd.DataFrame({"group": ["清苑区", "容城县", "某规划"], "group_id": ["130608", "130629", "5f"]})
    names = {"tables": {"documents": documents}, "uses": uses, "groups": uses["group"].tolist()}
    exec(part, names)
    assert names["names"] == ["清苑区\n（2 份）", "容城县\n（1 份）", "某规划"]
