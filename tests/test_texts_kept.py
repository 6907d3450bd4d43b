"""Where only what is extracted may have changed, the texts that an earlier run has kept are not made again."""

import os
import shutil
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.batch import keys
from pipeline.batch import work as batch_work
from pipeline.batch.chunks import Chunk, single_inputs
from pipeline.batch.plan import KeptResults
from pipeline.batch.shard_reader import ShardReader
from pipeline.batch.shards import Place
from pipeline.batch.stores import Store
from pipeline.columns import ALL_TABLES
from pipeline.errors import SourceError
from pipeline.records import Extractions
from pipeline.settings import Settings
from pipeline.sources import iter_inputs

ROOT = Path(__file__).parent.parent
ALONE = Settings(workers=1)


@pytest.fixture
def pages(tmp_path):
    """The pages of corpus/, damaged ones among them; one twice, one empty, one that is none."""
    folder = tmp_path / "pages"
    shutil.copytree(ROOT / "corpus", folder)
    first = min(folder.glob("*.txt"))
    shutil.copy(first, folder / "zz_copy.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    shutil.make_archive(str(folder / "m"), "zip", folder, first.name)
    return folder


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read, not taken from an earlier run, in order."""
    names = []
    analysed = batch_work.analysed

    def noted(file, settings):
        names.append(Path(file.source).name)
        return analysed(file, settings)

    monkeypatch.setattr(batch_work, "analysed", noted)
    return names


def assert_same_tables(one, other):
    first, second = pipeline.load(one), pipeline.load(other)
    for name in ALL_TABLES:
        pd.testing.assert_frame_equal(first[name], second[name], obj=name)


def shards(out):
    return Store(str(out / ".work" / "shards")).names()


def test_with_another_rule_of_extraction_only_what_failed_is_read_again(pages, tmp_path, read, monkeypatch):
    first = pipeline.run(pages, tmp_path / "out", settings=ALONE)
    shutil.copytree(tmp_path / "out" / "tables", tmp_path / "before" / "tables")
    failed = [Path(source).name for source, _ in first.failures]
    read.clear()
    monkeypatch.setattr(keys, "rules_version", lambda: "another")
    second = pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert read == failed
    assert (second.n_reused, second.n_texts_reused) == (0, sum(first.statuses.values()) - len(failed))
    assert second.rows == first.rows
    for name, table in pipeline.load(tmp_path / "out").items():
        before = pd.read_parquet(tmp_path / "before" / "tables" / f"{name}.parquet")
        assert table.to_json() == before.to_json(), name
    read.clear()
    third = pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert (third.n_reused, third.n_texts_reused) == (sum(first.statuses.values()), 0)
    assert read == []
    assert len(shards(tmp_path / "out")) == 1  # the old ones are gone


def test_the_rows_are_those_of_the_new_rule(pages, tmp_path, monkeypatch):
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert len(pipeline.load(tmp_path / "out")["slogans"])
    monkeypatch.setattr(keys, "rules_version", lambda: "another")
    monkeypatch.setattr("pipeline.flow.extract", lambda reading: Extractions())
    summary = pipeline.run(pages, tmp_path / "out", settings=ALONE)
    tables = pipeline.load(tmp_path / "out")
    assert summary.n_texts_reused
    assert len(tables["slogans"]) == len(tables["measures"]) == 0
    assert len(tables["repairs"])
    assert len(tables["sections"])


def test_a_failure_of_extraction_is_tried_again_from_the_file(pages, tmp_path, read, monkeypatch):
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    for number, fails in enumerate((True, False)):
        monkeypatch.setattr(keys, "rules_version", lambda number=number: f"rules {number}")
        with monkeypatch.context() as harm:
            if fails:
                harm.setattr(
                    "pipeline.flow.extract",
                    lambda reading: 1 / 0 if "旬邑" in reading.text else Extractions(),
                )
            read.clear()
            summary = pipeline.run(pages, tmp_path / "out", settings=ALONE)
        n_failed = sum("internal error" in error for _, error in summary.failures)
        assert (n_failed > 0) == fails
        assert ("001_b5c54a53bf2725bf.txt" in read) != fails


def test_extractors_of_ones_own_are_asked_again_without_reading_the_pages(pages, tmp_path, read):
    def count(said):
        def letters(reading):
            yield {"letter": said, "start": 0, "end": 1}

        return pipeline.add_extractor("letters", letters, columns=["letter"])

    out = tmp_path / "out"
    try:
        summary = pipeline.run(pages, out, settings=ALONE, extractors=[count("甲")])
        n_documents, failed = sum(summary.statuses.values()), summary.n_failures
        kept = shards(out)
        read.clear()
        for said in "乙丙":
            summary = pipeline.run(pages, out, settings=ALONE, extractors=[count(said)])
            assert set(pipeline.load(out)["letters"]["letter"]) == {said}
            assert summary.n_texts_reused == n_documents - failed
        assert set(kept) <= set(shards(out))
        assert len(read) == 2 * failed
        pipeline.run(pages, out, settings=ALONE)
        assert len(read) == 3 * failed
        assert len(shards(out)) == 1
        pipeline.run(pages, tmp_path / "clean", settings=ALONE)
        assert_same_tables(out, tmp_path / "clean")
    finally:
        pipeline.remove_extractor("letters")


def test_workers_take_kept_texts_too(pages, tmp_path, monkeypatch):
    from pipeline.batch import chunks

    pipeline.run(pages, tmp_path / "clean", settings=ALONE)
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    monkeypatch.setattr(chunks, "_CHUNK_FILES", 2)
    monkeypatch.setattr(keys, "rules_version", lambda: "another")  # the workers know the true one
    summary = pipeline.run(pages, tmp_path / "out", settings=Settings(workers=2), engine="processes")
    assert summary.n_texts_reused
    assert_same_tables(tmp_path / "out", tmp_path / "clean")


def _dies_over_a_text(chunk, settings, store, folder):
    import pipeline.flow

    pipeline.flow.analyse_again = lambda *_: os._exit(9)
    return batch_work.process_chunk(chunk, settings, store, worker_folder=folder)


def test_a_text_over_which_a_worker_dies_is_read_from_its_file(pages, tmp_path):
    from pipeline.engines.processes import run_in_processes

    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    store = Store(str((tmp_path / "out" / ".work" / "shards").resolve()))
    kept = KeptResults(store, ALONE, "another")
    inputs = tuple(one for one in iter_inputs([pages]) if one.path.suffix == ".txt")
    keyed = tuple(keys.input_key(one, ALONE) for one in inputs)
    chunk = Chunk(inputs, keyed, tuple(kept.find(key)[0] for key in keyed))
    (tmp_path / "scratch").mkdir()
    results = run_in_processes(
        [chunk],
        partial(_dies_over_a_text, settings=ALONE, store=store, folder=str(tmp_path / "scratch")),
        workers=1,
        split=partial(single_inputs, diary=tmp_path / "diary"),
        lost=partial(batch_work.lost_chunk, settings=ALONE, store=store),
    )
    reader = ShardReader(store)
    statuses = [
        row["status"]
        for shard in results
        for table in reader.read(Place(shard.name, 0, len(shard.inputs)))
        for row in table.column("documents").to_pylist()
    ]
    assert statuses.count("failed") == 0
    assert statuses.count("ok") == len(inputs) - 1


def test_a_harmed_shard_is_no_source_of_texts(pages, tmp_path, monkeypatch):
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    (shard,) = (tmp_path / "out" / ".work" / "shards").glob("*.parquet")
    group = pq.ParquetFile(shard).metadata.row_group(0)
    columns = [group.column(k) for k in range(group.num_columns)]
    (texts,) = [
        column
        for column in columns
        if column.path_in_schema.endswith(".text") and "texts" in column.path_in_schema
    ]
    harmed = bytearray(shard.read_bytes())
    at = (texts.dictionary_page_offset or texts.data_page_offset) + texts.total_compressed_size // 2
    harmed[at : at + 40] = bytes(40)
    shard.write_bytes(harmed)
    monkeypatch.setattr(keys, "rules_version", lambda: "another")
    with pytest.raises(SourceError, match="run again"):
        pipeline.run(pages, tmp_path / "out", settings=ALONE)
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    pipeline.run(pages, tmp_path / "clean", settings=ALONE)
    assert_same_tables(tmp_path / "out", tmp_path / "clean")


def test_what_stands_behind_the_text_is_not_asked_before_it():
    """A file left out of the version of texts must have no part in them."""
    package = ROOT / "pipeline"
    behind = [package / name for name in keys.BEHIND_THE_TEXT]
    for path in package.rglob("*.py"):
        name = path.relative_to(package).as_posix()
        if any(path == one or one in path.parents for one in behind) or name.startswith(keys.BESIDE_THE_ROWS):
            continue
        code = path.read_text(encoding="utf-8")
        if name != "batch/keys.py":
            assert [model for model in keys.MODELS_BEHIND_THE_TEXT if model in code] == [], name
        if name.startswith(("repair/", "pages/", "simplify/", "structure/", "sources/", "numerals/")):
            assert "pipeline.extract" not in code, name
            assert "pipeline.segment" not in code, name
    assert all((package / name).exists() for name in keys.BEHIND_THE_TEXT)
    assert all((ROOT / "models" / name).is_file() for name in keys.MODELS_BEHIND_THE_TEXT)
