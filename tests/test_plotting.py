"""Chinese in matplotlib's figures, with the packaged font, with an installed one, and with none."""

import subprocess
import sys
import warnings
from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure

import pipeline
from pipeline.plotting import SYSTEM_FAMILIES, use_chinese_font

SENTENCE = "鄠邑区、岢岚县、亳州市“四个强化”：1+6+N ≥95％ ≤4.5% −3 ①㎡"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch):
    monkeypatch.setattr(font_manager.fontManager, "ttflist", list(font_manager.fontManager.ttflist))
    with matplotlib.rc_context():
        yield


def _only_fonts(monkeypatch, *families):
    """A machine without the package, on which just these families are installed."""
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    kept = [entry for entry in font_manager.fontManager.ttflist if entry.name in families]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", kept)


def _draw(path):
    figure = Figure()
    figure.text(0.1, 0.5, SENTENCE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every character that no font has
        figure.savefig(path)


@pytest.mark.parametrize("suffix", ["png", "pdf", "svg"])
def test_every_character_has_a_glyph(tmp_path, suffix):
    use_chinese_font()
    _draw(tmp_path / f"figure.{suffix}")


def test_without_the_helper_the_same_figure_lacks_glyphs(tmp_path):
    matplotlib.rcParams["font.family"] = ["DejaVu Sans"]
    with pytest.raises(UserWarning, match="missing from font"):
        _draw(tmp_path / "figure.png")


def test_an_installed_font_is_taken_where_the_package_is_missing(monkeypatch, tmp_path):
    family = pipeline.plotting.use_chinese_font()
    assert family in SYSTEM_FAMILIES
    _only_fonts(monkeypatch, family, "DejaVu Sans")
    matplotlib.rcParams["font.family"] = ["DejaVu Sans"]
    assert use_chinese_font() == family
    _draw(tmp_path / "figure.png")


def test_no_font_at_all_is_told_with_what_to_install(monkeypatch):
    _only_fonts(monkeypatch, "DejaVu Sans")
    with pytest.raises(pipeline.PipelineError, match=r"zhengce\[notebook\]"):
        use_chinese_font()


def test_matplotlib_missing_is_told_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(pipeline.PipelineError, match=r"matplotlib .*zhengce\[notebook\]"):
        use_chinese_font()


def test_a_file_that_is_no_font_is_refused():
    with pytest.raises(pipeline.PipelineError, match="not a font"):
        use_chinese_font(Path(__file__))


def test_importing_the_package_does_not_import_matplotlib():
    code = "import sys, pipeline, pipeline.plotting; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
