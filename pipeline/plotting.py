"""Chinese characters in matplotlib's figures, on a machine with Chinese fonts or without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PlottingError

if TYPE_CHECKING:
    from matplotlib.font_manager import FontManager

# sans-serif families for simplified Chinese that systems and offices bring; the first that is installed is taken
SYSTEM_FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti TC",
    "Noto Sans CJK JP",  # the name under which matplotlib lists the collection that also holds SC
    "Arial Unicode MS",
)
_INSTALL = 'pip install "zhengce[notebook]" brings one; else install a Chinese font such as Noto Sans CJK SC'


def use_chinese_font(path: str | Path | None = None) -> str:
    """Let matplotlib's figures show Chinese from now on, and return the name of the font.

    In this order: the font file `path`; Noto Sans SC of the extra `notebook`; the first of SYSTEM_FAMILIES that is installed.
    Characters that it lacks are taken from DejaVu Sans.

    >>> use_chinese_font()
    'Noto Sans SC'

    Raises PlottingError when matplotlib or every such font is missing, or when `path` is no font.
    """
    try:
        import matplotlib
        from matplotlib.font_manager import fontManager
    except ImportError as error:
        raise PlottingError("matplotlib is not installed", hint='pip install "zhengce[notebook]"') from error
    file = path or _packaged_font()
    name = _added(fontManager, Path(file)) if file is not None else _installed(fontManager)
    if name is None:
        raise PlottingError("no font with Chinese characters was found", hint=_INSTALL)
    matplotlib.rcParams["font.family"] = [name, "DejaVu Sans"]
    return name


def _packaged_font() -> Path | None:
    try:
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError:
        return None
    return Path(sans_path())


def _added(fonts: FontManager, path: Path) -> str:
    """The name of the font in a file that matplotlib now knows."""
    known = {entry.fname: entry.name for entry in fonts.ttflist}
    if str(path) in known:
        return known[str(path)]
    try:
        fonts.addfont(str(path))
    except (OSError, RuntimeError) as error:
        raise PlottingError(
            f"not a font ({error})", where=str(path), hint="name a .ttf or .otf file"
        ) from error
    return str(fonts.ttflist[-1].name)


def _installed(fonts: FontManager) -> str | None:
    names = {entry.name for entry in fonts.ttflist if Path(entry.fname).is_file()}
    return next((family for family in SYSTEM_FAMILIES if family in names), None)
