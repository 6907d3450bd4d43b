"""Sources: what is found under folders and in archives, in which order, and what is refused with a letter."""

import io
import os
import tracemalloc
import zipfile
from dataclasses import replace

import make_files
import pytest

from pipeline.errors import Failure, SourceError
from pipeline.records import RawFile
from pipeline.settings import DEFAULT
from pipeline.sources import iter_files, list_inputs, read_input

PAGE = "四个强化".encode()


def names(path, settings=DEFAULT):
    """What is read, by name under the path; a Failure is marked with its letter."""
    found = []
    for file in iter_files([path], settings):
        name = file.source.removeprefix(path.as_posix()).lstrip("/")
        found.append(name if isinstance(file, RawFile) else (name, file.message))
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
    write(tmp_path, "通知.html", "通知_files/logo.png", "other_files/x.txt")
    assert names(tmp_path) == ["other_files/x.txt", "通知.html"]


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
    assert found[3] == ("f.txt", "this link leads nowhere")
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


@pytest.mark.parametrize("suffix", ["rar", "7z", "tar.gz", "tgz", "bz2", "RAR"])
def test_other_archives_are_refused_with_advice(tmp_path, suffix):
    write(tmp_path, f"通知.{suffix}")
    write_zip(tmp_path, {f"通知.{suffix}": PAGE})
    assert all("pack it again as .zip" in letter for _, letter in names(tmp_path))
    assert len(names(tmp_path)) == 2


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
