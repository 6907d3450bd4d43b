"""One analysed document, as a notebook or a script holds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.analysis import Analysis
from pipeline.columns import EXTRACTED, TABLES
from pipeline.engines.watchdog import rarely_collected
from pipeline.errors import PageError
from pipeline.extensions import added_extractors
from pipeline.flow import analyse
from pipeline.records import (
    Citation,
    DocumentRow,
    Extractions,
    Measure,
    Part,
    Quantity,
    RawFile,
    Reading,
    Repair,
    Section,
    Slogan,
)
from pipeline.rows import document_rows
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import read_one
from pipeline.spans import mark

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc


class PolicyDocument:
    """A document with its facts, outline, extractions and ledger of repairs; all offsets point into `.text`.

    >>> doc = read_text("“四个强化”夯实创建责任。一是强化组织领导。撤销小规模学校25所。")
    >>> doc.slogans[0].label, doc.quantities[0].value, doc.measures[0].verb
    ('四个强化', 25.0, '强化')
    """

    def __init__(self, analysis: Analysis) -> None:
        if analysis.reading is None:
            raise PageError(
                analysis.row.error or "this input could not be read", hint=""
            )  # the letter has one
        self._analysis = analysis
        self._reading: Reading = analysis.reading

    @property
    def text(self) -> str:
        """The cleaned text in simplified characters, one paragraph a line."""
        return self._reading.text

    @property
    def facts(self) -> DocumentRow:
        """Title, issuer, date, region …: attributes named as the columns of `documents`."""
        return self._analysis.row

    @property
    def sections(self) -> tuple[Section, ...]:
        """The headings, in text order."""
        return self._reading.sections

    @property
    def parts(self) -> tuple[Part, ...]:
        """Recipients, attachment lists, signatures, imprints, attachments and glossaries, in text order."""
        return self._reading.parts

    @property
    def slogans(self) -> tuple[Slogan, ...]:
        """The numeric slogans, one for each occurrence."""
        return self._analysis.found.slogans

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numeric targets, results and requirements."""
        return self._analysis.found.quantities

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The policy actions, one a clause."""
        return self._analysis.found.measures

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The documents named in 《》."""
        return self._analysis.found.citations

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """The ledger: every change made to damaged text."""
        return self._analysis.repairs

    @property
    def found(self) -> Extractions:
        """Slogans, quantities, measures and citations in one record."""
        return self._analysis.found

    @property
    def reading(self) -> Reading:
        """What the extractors read; for an extractor of one's own."""
        return self._reading

    @property
    def spacy(self) -> Doc:
        """The spaCy Doc over `.text`: `doc.spans["slogans"]`, "quantities", "measures", "citations", columns in `span._.policy`."""
        doc = self._reading.doc
        if "slogans" not in doc.spans:
            for name in EXTRACTED:
                mark(doc, name, getattr(self._analysis.found, name))
            for name in added_extractors():
                mark(doc, name, getattr(self, name))
        return doc

    def __getattr__(self, name: str) -> tuple[dict[str, Any], ...]:
        """The rows of an extractor that was added under this name (`pipeline.add_extractor`)."""
        extractor = added_extractors().get(name)
        if extractor is None:
            raise AttributeError(f"PolicyDocument has no attribute {name!r}")
        return tuple(extractor.rows(self._reading))

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables of this document alone as pandas frames by name, those of added extractors too."""
        from pipeline.arrow import arrow_table

        rows = document_rows(self._analysis.row, self._reading, self._analysis.found, self._analysis.repairs)
        frames = {name: arrow_table(columns, rows[name]).to_pandas() for name, columns in TABLES.items()}
        for name, extractor in added_extractors().items():
            own = extractor.table_rows(self._analysis.row.doc_id, self._reading)
            frames[name] = arrow_table(extractor.table, own).to_pandas()
        return frames

    def __repr__(self) -> str:
        facts = self.facts
        counts = ", ".join(f"{len(getattr(self, n))} {n}" for n in EXTRACTED)
        return f"<PolicyDocument {facts.title!r} {facts.county or facts.city or ''} {facts.publish_date or ''}: {counts}>"

    def _repr_html_(self) -> str:
        from pipeline.highlight import to_html

        return to_html(self._analysis.row, self._reading, self._analysis.found)


def read(path: str | Path, *, settings: Settings = DEFAULT) -> PolicyDocument:
    """Return the analysis of one file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = Path(folder, "2024年政府工作报告.txt")
    ...     _ = page.write_text("青山县人民政府\\n2023年，新增城镇就业3500人。", encoding="gb18030")
    ...     doc = read(page)
    >>> doc.facts.encoding, doc.quantities[0].indicator, doc.quantities[0].value
    ('gb18030', '城镇就业', 3500.0)

    Raises SourceError when there is no such file or it holds several documents, PageError when it cannot be read.
    """
    return _analysed(read_one(Path(path), settings), settings)


def read_text(text: str, *, source: str = "text") -> PolicyDocument:
    """Return the analysis of a text given as a string; raises PageError when it is empty.

    >>> [(m.verb, m.object) for m in read_text("各学校要严格落实课后服务制度。").measures]
    [('落实', '课后服务制度')]
    """
    return _analysed(RawFile(source + ".txt", text.encode("utf-8", "surrogatepass")), DEFAULT)


def _analysed(file: RawFile, settings: Settings) -> PolicyDocument:
    with rarely_collected():  # the first document of a process reads the tables and models as well
        return PolicyDocument(analyse(file, settings))
