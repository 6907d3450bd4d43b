"""Sources: what is found under folders and in archives, in which order, and what is refused with a letter."""

import bz2
import gzip
import io
import lzma
import os
import subprocess
import sys
import tarfile
import time
import tracemalloc
import zipfile
from dataclasses import replace

import make_files
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.decode import decode
from pipeline.errors import Failure, SourceError
from pipeline.pages import read_page
from pipeline.records import RawFile
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import iter_files, list_inputs, read_input, tar_archives

PAGE = "四个强化".encode()


def names(path, settings=DEFAULT):
    """What is read, by name under the path; a Failure is marked with its letter, which says what to try."""
    found = []
    for file in iter_files([path], settings):
        name = file.source.removeprefix(path.as_posix()).lstrip("/")
        found.append(name if isinstance(file, RawFile) else (name, file.message))
        assert isinstance(file, RawFile) or file.status == "empty" or " — " in file.message
    return found


def write(folder, *paths, raw=PAGE):
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)


def write_zip(folder, members, name="a.zip"):
    path = folder / name
    path.write_bytes(make_files.zip_file(members))
    return path


# --- files and folders ------------------------------------------------------------------------------------


def test_folders_are_gone_through_in_the_order_of_names(tmp_path):
    write(tmp_path, "b.html", "a/2.txt", "a/10.txt", "c/d/e/f.txt", "A.txt")
    assert names(tmp_path) == ["A.txt", "a/10.txt", "a/2.txt", "b.html", "c/d/e/f.txt"]


def test_hidden_files_and_what_editors_leave_are_passed_over(tmp_path):
    write(
        tmp_path,
        ".DS_Store",
        "Thumbs.db",
        "~$通知.docx",
        ".git/config",
        "__MACOSX/a.txt",
        "a.txt~",
        "desktop.ini",
        "通知.docx",
    )
    assert names(tmp_path) == ["通知.docx"]


def test_pictures_that_a_browser_saved_beside_a_page_are_no_inputs(tmp_path):
    write(
        tmp_path,
        "通知.html",
        "通知_files/logo.png",
        "通知_files/sh.js.下载",
        "通知_files/正文.html",
        "other_files/x.txt",
    )
    assert names(tmp_path) == ["other_files/x.txt", "通知.html", "通知_files/正文.html"]
    listed = [one.source for one in list_inputs([f"file://{tmp_path}"])]
    assert [name.rpartition(f"{tmp_path.name}/")[2] for name in listed] == names(tmp_path)


def test_a_path_that_does_not_exist_raises_at_once(tmp_path):
    for function in (list_inputs, lambda paths: iter_files(paths, DEFAULT)):
        with pytest.raises(SourceError, match="no such file"):
            function([tmp_path, tmp_path / "nothing"])


def test_a_file_given_twice_or_with_its_folder_is_read_once(tmp_path):
    write(tmp_path, "a/b.txt", "c.txt")
    paths = [tmp_path / "a" / "b.txt", tmp_path, tmp_path / "a", tmp_path / "c.txt"]
    assert len(list(iter_files(paths, DEFAULT))) == 2


def test_a_file_given_by_name_is_read_whatever_its_name(tmp_path):
    write(tmp_path, ".hidden")
    assert [file.raw for file in iter_files([tmp_path / ".hidden"], DEFAULT)] == [PAGE]


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    write(tmp_path, "outside/secret.txt", "inside/a.txt")
    inside = tmp_path / "inside"
    os.symlink(tmp_path / "outside" / "secret.txt", inside / "b.txt")
    os.symlink(tmp_path / "outside", inside / "c")
    os.symlink(inside / "a.txt", inside / "d.txt")
    os.symlink(inside, inside / "e")
    os.symlink(inside / "nothing", inside / "f.txt")
    found = names(inside)
    assert found[0] == "a.txt"
    assert [name for name, letter in found[1:3] if "leaves the folder" in letter] == ["b.txt", "c"]
    assert found[3] == ("f.txt", "this link leads nowhere — bring back what it led to, or remove it")
    assert len(found) == 4


def test_a_pipe_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in names(tmp_path)[0][1]


def test_a_file_over_the_limit_is_refused(tmp_path):
    write(tmp_path, "a.txt", raw=b"x" * 11)
    assert "the limit is 10" in names(tmp_path, replace(DEFAULT, max_bytes=10))[0][1]
    assert names(tmp_path, replace(DEFAULT, max_bytes=11)) == ["a.txt"]


def test_a_file_that_is_gone_when_it_is_opened_is_a_failure(tmp_path):
    write(tmp_path, "a.txt")
    (listed,) = list_inputs([tmp_path])
    (tmp_path / "a.txt").unlink()
    (failure,) = read_input(listed, DEFAULT)
    assert isinstance(failure, Failure)
    assert "cannot be opened" in failure.message


def test_listing_gives_sizes_and_opens_nothing(tmp_path):
    write(tmp_path, "a.txt")
    write_zip(tmp_path, {"x": PAGE, "y": PAGE}, "b.zip")
    listed = list_inputs([tmp_path])
    assert [(one.path.name, one.size) for one in listed] == [
        ("a.txt", 12),
        ("b.zip", (tmp_path / "b.zip").stat().st_size),
    ]


def test_only_one_input_is_in_memory_at_a_time(tmp_path):
    for number in range(40):
        write(tmp_path, f"{number}.txt", raw=b"x" * 1_000_000)
    tracemalloc.start()
    total = sum(len(file.raw) for file in iter_files([tmp_path], DEFAULT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 40_000_000
    assert peak < 5_000_000


# --- archives ---------------------------------------------------------------------------------------------


def test_members_of_a_zip_are_inputs(tmp_path):
    write_zip(tmp_path, {"b/c.html": PAGE, "a.txt": PAGE, "__MACOSX/a": b"", ".x": b"", "b/": b""})
    assert names(tmp_path) == ["a.zip!/a.txt", "a.zip!/b/c.html"]


def test_member_names_in_gbk_are_read(tmp_path):
    (tmp_path / "a.zip").write_bytes(
        make_files.zip_with_gbk_names({"通知/学前教育.txt": PAGE, "报告.txt": PAGE})
    )
    assert names(tmp_path) == ["a.zip!/报告.txt", "a.zip!/通知/学前教育.txt"]


def test_member_names_in_utf_8_are_read(tmp_path):
    write_zip(tmp_path, {"通知.txt": PAGE})
    assert names(tmp_path) == ["a.zip!/通知.txt"]


def test_a_bomb_is_refused_and_its_neighbours_are_read(tmp_path):
    write_zip(tmp_path, {"bomb.txt": b"0" * 20_000_000, "good.txt": PAGE})
    bomb, good = names(tmp_path)
    assert good == "a.zip!/good.txt"
    assert "grows from" in bomb[1]


def test_a_member_over_the_limit_is_refused(tmp_path):
    write_zip(tmp_path, {"a.txt": os.urandom(2000)})
    assert "the limit is 1,000" in names(tmp_path, replace(DEFAULT, max_bytes=1000))[0][1]


def test_an_archive_may_not_grow_as_a_whole_either(tmp_path):
    member = b"".join(os.urandom(10) * 300 for _ in range(200))  # grows by some 130
    (tmp_path / "a.zip").write_bytes(make_files.overlapping_zip(member, 500))
    found = names(tmp_path)
    assert sum(isinstance(name, str) for name in found) < 200
    assert any(
        "already given" in name[1] or "Overlapped" in name[1] for name in found if not isinstance(name, str)
    )


def test_members_beyond_the_limit_are_counted_in_one_letter(tmp_path):
    write_zip(tmp_path, {f"{n}.txt": PAGE for n in range(9)})
    found = names(tmp_path, replace(DEFAULT, max_members=4))
    assert len(found) == 5
    assert "5 of its 9 members were not read" in found[-1][1]


@pytest.mark.parametrize(
    "name", ["../../etc/evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"]
)
def test_a_member_whose_name_leads_out_is_refused(tmp_path, name):
    write_zip(tmp_path, {name: PAGE, "good.txt": PAGE})
    found = names(tmp_path)
    assert "a.zip!/good.txt" in found
    assert [letter for letter in found if not isinstance(letter, str) and "leads out" in letter[1]]


def test_a_member_without_a_name_costs_no_other(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.txt", "", "z.txt"):
            with archive.open(zipfile.ZipInfo(name), "w") as member:
                member.write(PAGE)
    assert sorted(file.source.partition("!/")[2] for file in iter_files([path], DEFAULT)) == [
        "",
        "a.txt",
        "z.txt",
    ]


def test_a_member_that_asks_for_all_memory_costs_no_other(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, PAGE)
    raw = bytearray(path.read_bytes())
    size = (
        raw.index(b"a.txt") + len("a.txt") + 5
    )  # of its dictionary, behind version, length and one property
    raw[size : size + 4] = b"\xff" * 4
    path.write_bytes(raw)
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30));"
        "from pipeline.sources import iter_files; from pipeline.settings import DEFAULT;"
        f"print([getattr(one, 'message', 'read')[:26] for one in iter_files([{str(path)!r}], DEFAULT)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['this member cannot be unpa', 'read']\n"


def test_an_encrypted_member_is_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(make_files.encrypted_zip({"a.txt": PAGE}))
    assert "encrypted" in names(tmp_path)[0][1]


def test_a_link_in_a_zip_is_refused(tmp_path):
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "is a link" in names(tmp_path)[0][1]


def test_zips_are_opened_to_depth_2(tmp_path):
    inner = make_files.zip_file({"c.txt": PAGE})
    write_zip(tmp_path, {"one.zip": inner, "two.zip": make_files.zip_file({"three.zip": inner})})
    one, three = names(tmp_path)
    assert one == "a.zip!/one.zip!/c.txt"
    assert three[0] == "a.zip!/two.zip!/three.zip"
    assert "depth 2" in three[1]


@pytest.mark.parametrize("cut", [1, 30, 60, -30])
def test_a_broken_zip_is_a_failure(tmp_path, cut):
    (tmp_path / "a.zip").write_bytes(make_files.zip_file({"a.txt": PAGE})[:cut])
    (found,) = names(tmp_path)
    assert "no zip archive, or a broken one" in found[1]


def test_a_damaged_member_is_a_failure(tmp_path):
    raw = bytearray(make_files.zip_file({"a.txt": os.urandom(500)}))
    raw[100] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(raw)
    assert "cannot be unpacked" in names(tmp_path)[0][1]


@pytest.mark.parametrize("suffix", ["rar", "7z", "zst", "RAR"])
def test_other_archives_are_refused_with_advice(tmp_path, suffix):
    write(tmp_path, f"通知.{suffix}")
    write_zip(tmp_path, {f"通知.{suffix}": PAGE})
    assert all("pack it again as .zip" in letter for _, letter in names(tmp_path))
    assert len(names(tmp_path)) == 2


# --- tar, gz and their like -------------------------------------------------------------------------------

TARS = {"tar": "w", "tar.gz": "w:gz", "tgz": "w:gz", "tar.bz2": "w:bz2", "tar.xz": "w:xz", "txz": "w:xz"}


@pytest.mark.parametrize("suffix", TARS)
def test_members_of_a_tar_are_inputs_in_its_order(tmp_path, suffix):
    raw = make_files.tar_file({"b/c.html": PAGE, "./a.txt": PAGE, "__MACOSX/a": b"", ".x": b""}, TARS[suffix])
    write(tmp_path, f"a.{suffix}", raw=raw)
    assert names(tmp_path) == [f"a.{suffix}!/b/c.html", f"a.{suffix}!/./a.txt"]
    assert [file.raw for file in iter_files([tmp_path], DEFAULT)] == [PAGE, PAGE]


@pytest.mark.parametrize(
    ("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_a_packed_file_is_one_input(tmp_path, suffix, pack):
    write(tmp_path, f"通知.html.{suffix}", raw=pack(PAGE) + pack(PAGE))
    (file,) = iter_files([tmp_path], DEFAULT)
    assert file.source.endswith(f"通知.html.{suffix}!/通知.html")
    assert file.raw == PAGE * 2


def test_what_stands_behind_a_packed_file_does_not_matter(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE) + b"left behind")
    assert names(tmp_path) == ["a.html.gz!/a.html"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_bomb_is_refused(tmp_path, pack):
    suffix = pack.__module__.replace("gzip", "gz").replace("lzma", "xz")
    write(tmp_path, f"a.txt.{suffix}", raw=pack(b"0" * 30_000_000))
    assert "grows from" in names(tmp_path)[0][1]
    assert "max_bytes" in names(tmp_path, replace(DEFAULT, max_bytes=1000))[0][1]


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "tgz", "tar.bz2", "tar.xz", "tar"])
def test_an_archive_cut_at_any_tenth_is_a_failure(tmp_path, suffix):
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}.get(suffix)
    noise = os.urandom(20_000)
    whole = pack(noise) if pack else make_files.tar_file({"a.txt": noise}, TARS[suffix])
    for tenth in range(1, 10 if pack else 6):  # the last tenths of a tar are padding
        write(tmp_path, f"a.{suffix}", raw=whole[: len(whole) * tenth // 10 or 1])
        (found,) = names(tmp_path)
        assert "broken" in found[1]


def test_a_tar_whose_header_is_damaged_says_so(tmp_path):
    raw = bytearray(make_files.tar_file({"a.txt": PAGE, "b.txt": PAGE, "c.txt": PAGE}))
    raw[1024 + 10] ^= 0xFF
    write(tmp_path, "a.tar", raw=bytes(raw))
    good, letter = names(tmp_path)
    assert good == "a.tar!/a.txt"
    assert "broken" in letter[1]


def test_links_and_devices_in_a_tar_are_refused(tmp_path):
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)
    write(tmp_path, "a.tar", raw=make_files.tar_of_kinds(kinds, link="/etc/passwd"))
    assert ["is a link or a device" in letter for _, letter in names(tmp_path)] == [True] * 4


@pytest.mark.parametrize(
    "name", ["../../etc/evil.txt", "/etc/evil.txt", "a/../../e.txt", "..\\e.txt", "C:\\e.txt"]
)
def test_a_tar_member_whose_name_leads_out_is_refused(tmp_path, name):
    write(tmp_path, "a.tar", raw=make_files.tar_file({name: PAGE, "good.txt": PAGE}))
    refused, good = names(tmp_path)
    assert "leads out" in refused[1]
    assert good == "a.tar!/good.txt"


def test_tar_names_in_gbk_are_read(tmp_path):
    write(tmp_path, "a.tar", raw=make_files.tar_with_raw_name("通知.txt".encode("gbk"), PAGE))
    assert names(tmp_path) == ["a.tar!/通知.txt"]


def test_a_sparse_member_that_states_a_terabyte_is_refused(tmp_path):
    write(tmp_path, "a.tar", raw=make_files.sparse_tar(1 << 40))
    assert "not a file" in names(tmp_path)[0][1]


def test_a_tar_header_without_end_is_refused(tmp_path):
    write(tmp_path, "a.tar", raw=make_files.tar_with_raw_name(b"n" * 3_000_000, PAGE))
    assert "header" in names(tmp_path)[0][1]


def test_a_packed_tar_bomb_is_refused_after_its_honest_members(tmp_path):
    raw = make_files.tar_file({"good.txt": PAGE, "bomb.txt": b"0" * 40_000_000, "late.txt": PAGE}, "w:gz")
    write(tmp_path, "a.tar.gz", raw=raw)
    tracemalloc.start()
    good, bomb, late = names(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (good, late) == ("a.tar.gz!/good.txt", "a.tar.gz!/late.txt")
    assert "max_ratio" in bomb[1]
    assert peak < 25_000_000


def test_a_member_of_a_tar_over_the_limit_is_passed_over(tmp_path):
    write(tmp_path, "a.tar", raw=make_files.tar_file({"big.txt": os.urandom(200_000), "good.txt": PAGE}))
    big, good = names(tmp_path, replace(DEFAULT, max_bytes=100_000))
    assert "the limit is 100,000" in big[1]
    assert good == "a.tar!/good.txt"


def test_members_of_a_tar_beyond_the_limit_are_one_letter(tmp_path):
    write(tmp_path, "a.tar", raw=make_files.tar_file({f"{n}.txt": PAGE for n in range(9)}))
    found = names(tmp_path, replace(DEFAULT, max_members=4))
    assert len(found) == 5
    assert "further members were not read" in found[-1][1]


def test_archives_of_different_kinds_inside_one_another_are_opened(tmp_path):
    inner = make_files.tar_file({"c.txt": PAGE}, "w:gz")
    write_zip(tmp_path, {"one.tar.gz": inner, "two.html.gz": gzip.compress(PAGE), "x.rar": PAGE})
    write(
        tmp_path,
        "b.tar",
        raw=make_files.tar_file({"d.zip": make_files.zip_file({"e.txt": PAGE}), "f.7z": PAGE}),
    )
    one, two, rar, e, seven = names(tmp_path)
    assert (one, two, e) == (
        "a.zip!/one.tar.gz!/c.txt",
        "a.zip!/two.html.gz!/two.html",
        "b.tar!/d.zip!/e.txt",
    )
    assert "pack it again" in rar[1]
    assert "pack it again" in seven[1]


def test_depth_and_allowance_go_through_all_kinds(tmp_path):
    deep = PAGE
    for _ in range(5):
        deep = gzip.compress(deep)
    write(tmp_path, "deep.gz.gz.gz.gz.gz", raw=deep)
    assert "depth 2" in names(tmp_path)[0][1]
    (tmp_path / "deep.gz.gz.gz.gz.gz").unlink()
    bombs = {
        f"{n}.gz": gzip.compress(b"0" * 9_000_000) for n in range(40)
    }  # each within the ratio of its member
    write(tmp_path, "a.tar.gz", raw=make_files.tar_file(bombs, "w:gz"))
    found = names(tmp_path, replace(DEFAULT, max_ratio=2000))
    assert sum(isinstance(name, str) for name in found) < 40
    assert "max_ratio" in found[-1][1]


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([*TARS, "gz", "bz2", "xz", "zip"]), st.integers(0, 3000))
def test_archives_of_noise_are_failures(tmp_path_factory, noise, suffix, at):
    path = tmp_path_factory.mktemp("noise") / f"a.{suffix}"
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}.get(suffix)
    members = {"a.txt": PAGE * 30, "b.txt": PAGE}
    if suffix == "zip":
        raw = make_files.zip_file(members)
    else:
        raw = pack(PAGE * 30) if pack else make_files.tar_file(members, TARS[suffix])
    at %= len(raw)
    path.write_bytes(raw[:at] + noise + raw[at + len(noise) :])
    for file in iter_files([path], DEFAULT):
        assert isinstance(file, RawFile | Failure)


def test_a_word_file_is_no_archive(tmp_path):
    write(tmp_path, "a.docx", raw=make_files.docx_file())
    assert names(tmp_path) == ["a.docx"]


def test_each_listed_input_can_be_read_by_itself(tmp_path):
    write(tmp_path, "a.txt")
    write_zip(tmp_path, {"x.txt": PAGE}, "b.zip")
    one_by_one = [file for listed in list_inputs([tmp_path]) for file in read_input(listed, DEFAULT)]
    assert one_by_one == list(iter_files([tmp_path], DEFAULT))


def test_a_zip_in_memory_has_gbk_names_indeed():
    raw = make_files.zip_with_gbk_names({"通知.txt": PAGE})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.namelist() == ["通知.txt".encode("gbk").decode("cp437")]
        assert archive.testzip() is None


# --- Parquet ----------------------------------------------------------------------------------------------


def write_parquet(path, **columns):
    pq.write_table(pa.table(columns), path)
    return path


def test_each_row_of_a_parquet_file_is_an_input(tmp_path):
    url = "https://www.qingxi.gov.cn/1.html"
    path = write_parquet(tmp_path / "a.parquet", html=[PAGE, None], url=[url, "https://h/2"], text=["x", "y"])
    first, second = iter_files([path], DEFAULT)
    assert first == RawFile(f"{path.as_posix()}!/{url}", PAGE, url=url)
    assert second.raw == b"y"


def test_a_parquet_file_without_a_row_has_one_all_the_same(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", html=pa.array([], pa.string()))
    (failure,) = iter_files([path], DEFAULT)
    assert (failure.status, failure.message) == ("empty", "this Parquet file holds no row")


def test_a_column_of_text_is_read_as_utf8_and_rows_without_names_are_numbered(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", text=["四个强化", "三名"] * 40)
    files = list(iter_files([path], DEFAULT))
    assert [file.source.rsplit("!/")[1] for file in files] == [str(n) for n in range(80)]
    assert (files[79].raw, files[79].charset) == ("三名".encode(), "utf-8")


def test_a_parquet_file_is_read_again_as_it_was_written_by_a_run(tmp_path):
    write(tmp_path, "a.txt", "b.txt", raw="青溪县通知\n新增学位30个。\n".encode())
    pipeline.run(tmp_path / "a.txt", tmp_path / "out")
    (again,) = iter_files([tmp_path / "out" / "tables" / "texts.parquet"], DEFAULT)
    assert again.raw.decode() == pipeline.load(tmp_path / "out")["texts"]["text"][0]


def test_a_parquet_file_without_pages_says_which_columns_hold_them(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", county=["青溪县"])
    ((_, letter),) = names(path)
    assert letter.startswith("no column of this Parquet file is called raw, html, ")


def test_a_parquet_file_of_numbers_gives_a_failure_a_row(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", raw=[1, 2])
    assert [letter for _, letter in names(path)] == [
        "this row holds no page but a value of type int — see which column holds the pages"
    ] * 2


def test_a_page_that_stands_in_many_rows_costs_no_more_than_an_archive_may(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", raw=[bytes(1_000_000)] * 2000)
    assert path.stat().st_size < 100_000
    files = list(iter_files([path], replace(DEFAULT, max_ratio=1)))
    assert sum(isinstance(file, RawFile) for file in files) == 0
    tracemalloc.start()
    n_read = sum(isinstance(file, RawFile) for file in iter_files([path], DEFAULT))
    assert 0 < n_read * 1_000_000 <= 200 * path.stat().st_size
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


def test_rows_beyond_the_limit_are_told_of_and_not_read(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", raw=[PAGE] * 5)
    *read, (_, letter) = names(path, replace(DEFAULT, max_members=3))
    assert (len(read), letter.split(" were")[0]) == (3, "2 of its 5 members")


@pytest.mark.parametrize("raw", [b"", b"PAR1", PAGE * 100, b"PAR1" + bytes(200) + b"PAR1"])
def test_a_broken_parquet_file_is_one_failure(raw, tmp_path):
    write(tmp_path, "a.parquet", raw=raw)
    ((_, letter),) = names(tmp_path / "a.parquet")
    assert letter.startswith("this is no Parquet file, or a broken one (")


def test_a_parquet_file_cut_in_the_middle_of_its_pages_gives_the_rows_before(tmp_path):
    path = tmp_path / "a.parquet"
    pages = [f"第{n}页".encode() * 50 for n in range(400)]
    pq.write_table(
        pa.table({"raw": pages}), path, row_group_size=100, use_dictionary=False, compression="zstd"
    )
    raw = bytearray(path.read_bytes())
    third = pq.read_metadata(path).row_group(2).column(0)
    raw[third.data_page_offset : third.data_page_offset + third.total_compressed_size] = bytes(
        third.total_compressed_size
    )
    path.write_bytes(raw)
    files = list(iter_files([path], DEFAULT))
    assert [file.raw for file in files[:-1]] == pages[:192]  # read by batches of 64
    assert isinstance(files[-1], Failure)


# --- what is behind a member that is too large, and archives that hold nothing --------------------------


def test_members_behind_one_that_is_too_large_are_read(tmp_path):
    large = b"<td>1</td>" * 100_000
    members = {"大表.html": large, "a.txt": "新增学位".encode(), "b.txt": b"12"}
    path = tmp_path / "a.tar.gz"
    path.write_bytes(make_files.tar_file(members, "w:gz"))
    for limits in (Settings(max_ratio=20), Settings(max_bytes=100_000)):
        failure, *others = iter_files([path], limits)
        assert isinstance(failure, Failure)
        assert failure.source.endswith("大表.html")
        assert [one.raw for one in others] == [members["a.txt"], members["b.txt"]]


def test_what_stands_too_far_behind_a_member_that_is_too_large_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(tar_archives, "_MAX_SKIPPED_BYTES", 200_000)
    path = tmp_path / "a.tar.gz"
    path.write_bytes(make_files.tar_file({"a.html": b"0" * 1_000_000, "b.txt": b"12"}, "w:gz"))
    failures = list(iter_files([path], Settings(max_ratio=20)))
    assert [isinstance(one, Failure) for one in failures] == [True, True]
    assert "not read to its end" in failures[1].message


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
@pytest.mark.parametrize("members", [{}, {"__MACOSX/._a.txt": b"1"}])
def test_an_archive_without_a_file_to_read_has_a_row(tmp_path, name, members):
    path = tmp_path / name
    mode = "w:gz" if name.endswith("gz") else "w"
    path.write_bytes(make_files.zip_file(members) if name == "a.zip" else make_files.tar_file(members, mode))
    (failure,) = iter_files([path], Settings())
    assert (failure.status, failure.source) == ("empty", path.as_posix())
    assert "no file to read" in failure.message


def test_a_link_to_a_hidden_place_of_the_folder_is_an_input(tmp_path):
    """git-annex and DVC keep what they hold in a hidden folder, and links to it where the researcher looks."""
    write(tmp_path, ".git/annex/objects/k1", "b.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / ".git/annex/objects/k1")
    (tmp_path / "again.txt").symlink_to(tmp_path / "b.txt")
    assert names(tmp_path) == ["a.txt", "b.txt"]


def test_what_is_refused_by_its_size_or_name_is_not_read_for_its_key(tmp_path, monkeypatch):
    from pipeline.batch import keys

    with (tmp_path / "film.txt").open("wb") as film:
        film.truncate(1 << 40)  # a hole: no disk has to hold it
    (tmp_path / "packed.rar").write_bytes(b"Rar!")
    (tmp_path / "a.txt").write_text("通知", encoding="utf-8")
    opened = []
    read = keys._bytes_digest
    monkeypatch.setattr(keys, "_bytes_digest", lambda one: opened.append(one.path.name) or read(one))
    before = [keys.input_key(one, Settings()) for one in list_inputs([tmp_path])]
    assert opened == ["a.txt"]
    os.truncate(tmp_path / "film.txt", 1 << 41)
    after = [keys.input_key(one, Settings()) for one in list_inputs([tmp_path])]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]
    assert all(before)


@pytest.mark.parametrize("row", ["字,", '"\n",'], ids=["one line", "lines in quotes"])
def test_a_row_of_a_csv_table_without_end_takes_bounded_memory(tmp_path, row):
    page = "一、总体要求。到2025年，毛入园率达到95%。" * 10
    table = tmp_path / "pages.csv"
    table.write_text("标题,正文\n" + f"通知,{page}\n" * 3 + row * 3_000_000, encoding="utf-8")
    tight = replace(DEFAULT, max_bytes=100_000)
    tracemalloc.start()
    try:
        found = list(iter_files([table], tight))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [isinstance(one, RawFile) for one in found] == [True, True, True, False]
    assert "a row of it is longer than 100,000 characters" in found[-1].message
    assert peak < 8_000_000


def test_a_row_number_that_no_sheet_has_is_not_counted_up_to(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["标题", "正文"])
    book.active.append(["通知", "一、总体要求。到2025年，毛入园率达到95%。" * 10])
    book.save(tmp_path / "near.xlsx")
    with zipfile.ZipFile(tmp_path / "near.xlsx") as near, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as far:
        for name in near.namelist():
            part = near.read(name)
            if name.endswith("sheet1.xml"):
                row = b'<row r="999999999999"><c r="A999999999999"><v>3</v></c></row></sheetData>'
                part = part.replace(b"</sheetData>", row)
            far.writestr(name, part)
    started = time.monotonic()
    [page] = iter_files([tmp_path / "far.xlsx"], DEFAULT)
    assert isinstance(page, RawFile)
    assert page.source.endswith("far.xlsx!/0")
    whole = read_page(RawFile("far.xlsx", (tmp_path / "far.xlsx").read_bytes()), decode)
    assert "毛入园率" in whole.text  # as one document too, within its time
    assert time.monotonic() - started < 60
