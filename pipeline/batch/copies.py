"""Documents that come again byte for byte, as error pages and pages of two folders do: analysed once."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from pathlib import PurePosixPath

from pipeline.analysis import Analysis
from pipeline.errors import Failure
from pipeline.records import RawFile

MOST = 16  # analyses that are kept
MOST_BYTES = 100_000  # of a document that is: a longer one takes more memory than copies of it are likely


class Copies:
    """The last analyses of a chunk, by all that an analysis hangs on but the name under which the bytes came.

    >>> from pipeline.flow import analyse
    >>> copies = Copies()
    >>> one, other = (RawFile(name, "四个强化。强化组织领导。".encode()) for name in ("a/1.txt", "b/1.txt"))
    >>> analysis = copies.kept(one, analyse(one))
    >>> copies.of(other).reading is analysis.reading, copies.of(other).row.source
    (True, 'b/1.txt')
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[RawFile, Analysis] = OrderedDict()

    def of(self, file: RawFile | Failure) -> Analysis | None:
        """Return the analysis of a copy of a file under the file's own name, None where none is kept."""
        kept = None if isinstance(file, Failure) else self._kept.get(_nameless(file))
        return kept and dataclasses.replace(kept, row=dataclasses.replace(kept.row, source=file.source))

    def kept(self, file: RawFile | Failure, analysis: Analysis) -> Analysis:
        """Keep the analysis of a file that was read, and return it; what failed may have failed by chance."""
        if analysis.reading is None or isinstance(file, Failure):
            return analysis
        if len(file.raw) <= MOST_BYTES:
            self._kept[_nameless(file)] = analysis
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return analysis


def _nameless(file: RawFile) -> RawFile:
    """Return a file with nothing of its name but the suffix, which tells its kind."""
    return dataclasses.replace(file, source=PurePosixPath(file.source).suffix)
