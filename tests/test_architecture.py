"""The shape of the house: who may import whom, and that nothing is left out of the lists."""

import ast
import re
from pathlib import Path

import pytest

import pipeline

ROOT = Path(pipeline.__file__).parent
SHARED = {
    "characters",
    "key_index",
    "records",
    "errors",
    "settings",
    "lazy_re",
    "lexicon",
    "numerals",
    "edits",
    "arrow",
    "column_notes",
    "columns",
    "tagged",
    "naming",
    "filled_rows",
    "long_tags",
    "markup",
    "packages",
    "pinyin",
    "one_writer",
    "printable",
    "province_letters",
    "replacing",
    "site_codes",
    "surnames",
    "written",
}
JOINERS = {
    "__init__",
    "__main__",
    "flow",
    "reading",
    "batch",
    "cli",
    "comparing",
    "comparison_sheets",
    "reporting",
    "document",
    "repaired",
    "query",
    "near_names",
    "rows",
    "overview",
    "database",
    "tables",
    "spreadsheets",
    "highlight",
    "explain",
    "crawling",
    "page_view",
    "components",
    "extensions",
    "spans",
}

ASKED_OF_REPAIR = ("doubts", "whole_layers")  # modules of repair/ that others ask, without repairing


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline"):
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1] for alias in node.names if alias.name.startswith("pipeline.")
            )


def _imported_in(folder, path):
    """The modules of a folder that one of them imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            _, inside, module = node.module.partition(f"pipeline.{folder}.")
            if inside:
                yield module
            elif node.module == f"pipeline.{folder}":
                yield from (each.name for each in node.names if (ROOT / folder / f"{each.name}.py").is_file())


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_stage_imports_no_other_stage(path):
    home = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if home in JOINERS:
        return
    strangers = set(_imports(path)) - SHARED - {home}
    assert not strangers, f"{path.name} imports {strangers}: only flow, batch and cli join stages"


def test_no_module_has_a_name_that_says_nothing():
    assert not [p for p in ROOT.rglob("*.py") if p.stem in {"utils", "common", "helpers", "core", "misc"}]


def test_no_module_imports_what_another_keeps_for_itself():
    private = [
        f"{path.relative_to(ROOT)}:{node.lineno} {each.name}"
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline")
        for each in node.names
        if each.name.startswith("_") and not each.name.startswith("__")
    ]
    assert not private


def _imported_at_once():
    """The modules of the house that each of them imports when it is imported itself."""
    files = {
        ".".join(("pipeline", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in ROOT.rglob("*.py")
    }
    return {
        name: {
            f"{node.module}.{each.name}" if f"{node.module}.{each.name}" in files else node.module
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ImportFrom) and node.module in files
            for each in node.names
        }
        for name, path in files.items()
    }


def test_modules_import_each_other_in_no_circle():
    waiting = _imported_at_once()
    while free := {name for name, imported in waiting.items() if not imported & waiting.keys()}:
        waiting = {name: imported for name, imported in waiting.items() if name not in free}
    assert not waiting


def _set_in(node):
    """The private names that a statement of a module sets, or a function or class it defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        names = [node.name]
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]
    else:
        names = []
    return [name for name in names if name.startswith("_") and not name.startswith("__")]


def _used_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def test_no_private_name_of_a_module_is_unused():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")}
    imported = {
        each.name
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    unused = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path, tree in trees.items()
        for used in [{*_used_in(tree), *imported}]
        for node in tree.body
        for name in _set_in(node)
        if name not in used
    ]
    assert not unused


@pytest.mark.parametrize("folder", ["batch", "records", "sources/crawl", "structure"])
def test_the_docstring_of_a_large_folder_says_what_each_module_is_for(folder):
    said = ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8")))
    modules = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}
    assert modules - set(re.findall(r"\w+", said)) == set()


def test_every_public_name_is_there():
    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing_like_this'"):
        pipeline.nothing_like_this  # noqa: B018


def test_every_repair_file_is_in_the_list_of_repairs():
    from pipeline.repair import REPAIRS

    assert len(dict(REPAIRS)) == len(REPAIRS)
    listed = {function.__module__.removeprefix("pipeline.repair.") for _, function in REPAIRS}
    assert listed == set(dict(REPAIRS)), "a repair is named for its damage, and so is its module"
    # the other modules are what repairs and those that ask for a text's doubts or layers are built on
    reached, waiting = set(), [*listed, *ASKED_OF_REPAIR]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += _imported_in("repair", ROOT / "repair" / f"{module}.py")
    assert reached == {path.stem for path in (ROOT / "repair").glob("*.py")} - {"__init__"}


def test_every_extractor_is_in_the_list_of_extractors():
    from pipeline.extract import EXTRACTORS

    found = {
        p.stem
        for p in (ROOT / "extract").iterdir()
        if p.stem != "__init__" and not p.name.startswith((".", "__"))
    }
    assert {name for name, _ in EXTRACTORS} == found


def test_every_comparison_is_in_the_list_and_its_columns_are_declared_and_documented():
    from pipeline import compare

    listed = [name for names, _ in compare.COMPARISONS for name in names]
    assert (
        sorted([*listed, "agreement"])
        == sorted(compare.COMPARISON_COLUMNS)
        == sorted(compare.COMPARISON_TITLES)
    )
    text = (ROOT.parent / "docs" / "compare.md").read_text(encoding="utf-8")
    for name, columns in compare.COMPARISON_COLUMNS.items():
        section = text.partition(f"\n## {name} ")[2].partition("\n## ")[0]
        shared = text.partition("\n## shared columns")[2].partition("\n## ")[0]
        assert section, name
        assert [c.name for c in columns if f"`{c.name}`" not in section + shared] == [], name


def test_the_docs_name_every_command_and_every_column():
    from pipeline.cli import build_parser
    from pipeline.columns import ALL_TABLES

    checkout = ROOT.parent
    commands = next(a for a in build_parser()._actions if a.dest == "command").choices
    for readme in ("README.md", "README.zh-CN.md"):
        text = (checkout / readme).read_text(encoding="utf-8")
        assert [c for c in commands if f"zhengce {c}" not in text] == []
    tables = (checkout / "docs" / "tables.md").read_text(encoding="utf-8")
    for table, columns in ALL_TABLES.items():
        assert f"## {table}" in tables
        assert [c.name for c in columns if f"`{c.name}`" not in tables] == [], table
