"""Pages in an object store and results kept in one: the same rows as from a folder, and nothing fetched for nothing."""

import shutil
import sys

import pandas as pd
import pytest
from test_resume import ALL_TABLES, ALONE, assert_same_tables, clean_run, make_pages

import pipeline
from pipeline.batch.stores import Store
from pipeline.errors import PipelineError, SourceError
from pipeline.settings import DEFAULT
from pipeline.sources import addresses, list_inputs, read_input

pytestmark = pytest.mark.filterwarnings("ignore")  # the store's own


def put_pages(pages, address):
    files, place = addresses.file_system(address)
    files.put(str(pages), place, recursive=pages.is_dir())


def assert_same_tables_but_for_sources(one, other):
    first, second = pipeline.load(one), pipeline.load(other)
    for frames in (first, second):
        documents = frames["documents"]
        documents["source"] = documents["source"].str.rsplit("/pages/", n=1).str[1]
        documents["error"] = documents["error"].str.replace(r"\S+/pages/", "", regex=True)
    for name in ALL_TABLES:
        pd.testing.assert_frame_equal(first[name], second[name], obj=name)


def remove(address):
    files, place = addresses.file_system(address)
    files.rm(place)


def test_pages_of_a_store_give_the_rows_of_the_same_folder(object_store, tmp_path):
    pages = make_pages(tmp_path / "pages", 12)
    (pages / "older" / ".hidden").mkdir(parents=True)
    shutil.copy(pages / "003.txt", pages / "older" / "003.txt")
    shutil.copy(pages / "003.txt", pages / "older" / ".hidden" / "003.txt")
    put_pages(pages, f"{object_store}/pages")
    pipeline.run(f"{object_store}/pages/", tmp_path / "out", settings=ALONE)
    clean_run(pages, tmp_path / "clean")
    assert_same_tables_but_for_sources(tmp_path / "out", tmp_path / "clean")
    sources = pipeline.load(tmp_path / "out")["documents"]["source"]
    assert sources[0] == "s3://policies/pages/000.txt"
    assert "s3://policies/pages/m.zip!/0.txt" in set(sources)


def test_only_what_the_store_says_is_new_is_fetched(object_store, tmp_path, monkeypatch):
    pages = make_pages(tmp_path / "pages", 6)
    put_pages(pages, f"{object_store}/pages")
    first = pipeline.run(f"{object_store}/pages", tmp_path / "out", settings=ALONE)
    (pages / "001.txt").write_text("青溪县通知\n新增学位30个。\n", encoding="utf-8")
    put_pages(pages / "001.txt", f"{object_store}/pages/001.txt")
    remove(f"{object_store}/pages/000.txt")
    (pages / "000.txt").unlink()
    fetched, fetch = [], addresses.fetched

    def noted(listed):
        fetched.append(listed.source)
        return fetch(listed)

    for module in ("pipeline.sources", "pipeline.batch.keys"):
        monkeypatch.setattr(f"{module}.fetched", noted)
    second = pipeline.run(f"{object_store}/pages", tmp_path / "out", settings=ALONE)
    assert (first.n_reused, second.n_reused) == (0, 11)
    assert fetched == ["s3://policies/pages/001.txt"]
    clean_run(pages, tmp_path / "clean")
    assert_same_tables_but_for_sources(tmp_path / "out", tmp_path / "clean")


def test_an_object_that_goes_while_the_run_is_on_is_one_failed_row(object_store, tmp_path):
    pages = make_pages(tmp_path / "pages", 3)
    put_pages(pages, f"{object_store}/pages")
    listed = list_inputs([f"{object_store}/pages"])
    remove(f"{object_store}/pages/001.txt")
    letters = [
        file.message for one in listed for file in read_input(one, DEFAULT) if hasattr(file, "message")
    ]
    assert len(letters) == 1
    assert letters[0].startswith("this cannot be fetched (")


def test_an_object_over_the_limit_is_not_fetched(object_store, tmp_path, monkeypatch):
    pages = make_pages(tmp_path / "pages", 3)
    put_pages(pages, f"{object_store}/pages")
    monkeypatch.setattr("pipeline.sources.fetched", lambda _: 1 / 0)
    listed = next(one for one in list_inputs([f"{object_store}/pages"]) if one.source.endswith("000.txt"))
    (refused,) = read_input(listed, type(DEFAULT)(max_bytes=10))
    assert refused.message.startswith("this input holds ")


def test_an_address_with_nothing_there_is_said_at_once(object_store, tmp_path):
    with pytest.raises(SourceError, match="nothing at this address"):
        pipeline.run(f"{object_store}/pags", tmp_path / "out")


def test_an_address_under_another_is_read_once(object_store, tmp_path):
    pages = make_pages(tmp_path / "pages", 2)
    put_pages(pages, f"{object_store}/pages")
    both = list_inputs([f"{object_store}/pages/000.txt", f"{object_store}/pages/", f"{object_store}/pages"])
    assert both == list_inputs([f"{object_store}/pages"])


def test_results_are_kept_in_an_object_store(object_store, tmp_path):
    pages = make_pages(tmp_path / "pages", 12)
    clean_run(pages, tmp_path / "clean")
    shards = f"{object_store}/run"
    pipeline.run(pages, tmp_path / "out", settings=ALONE, shards=shards)
    assert_same_tables(tmp_path / "out", tmp_path / "clean")
    assert not (tmp_path / "out" / ".work" / "shards").exists()
    (pages / "new.txt").write_text("青溪县通知\n新增学位30个。\n", encoding="utf-8")
    summary = pipeline.run(pages, tmp_path / "out", settings=ALONE, shards=shards)
    assert (summary.n_reused, len(Store(shards).names())) == (19, 2)


@pytest.mark.parametrize(
    "address", ["https://www.qingxi.gov.cn/", "HTTP://10.0.0.1/", "zip://a::https://www.qingxi.gov.cn/a.zip"]
)
def test_no_address_of_the_web_is_asked(address, tmp_path):
    with pytest.raises(SourceError, match="zhengce crawl"):
        pipeline.run(address, tmp_path / "out")


def test_without_fsspec_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(PipelineError, match=r"zhengce\[s3\]"):
        pipeline.run("s3://policies/pages", tmp_path / "out")


def test_a_file_address_is_a_path_of_this_machine(tmp_path):
    pages = make_pages(tmp_path / "pages", 2)
    assert list_inputs([f"file://{pages}"]) == list_inputs([pages])
