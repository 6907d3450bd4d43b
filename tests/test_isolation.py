"""Reading in a process of its own: what hostile files do to a parser costs one document and nothing else."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import hostile_readers
import make_files
import pytest

from pipeline.decode import decode
from pipeline.errors import EmptyPageError, PageError
from pipeline.pages import read_page
from pipeline.pages.converted.programs import program_output
from pipeline.pages.isolation import close_room, read_isolated, room
from pipeline.records import DecodedText, Page, RawFile
from pipeline.settings import Settings

TIGHT = Settings(seconds_per_document=5, memory_per_document=700 * 1024**2)
GOOD = Page("一、总体要求 3", "good")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of memory are kept on POSIX systems")


def read(reader, raw=b"123", settings=TIGHT):
    return read_isolated(reader, RawFile("a.bin", raw), decode, settings)


@pytest.mark.parametrize(
    ("reader", "letter"),
    [
        (hostile_readers.hangs_in_c, "not read within 5 seconds"),
        (hostile_readers.crashes, "crashed .SIGSEGV"),
        (hostile_readers.leaves, "crashed .exit code 7"),
        (hostile_readers.eats_memory, "more memory than the 700 MiB allowed"),
        (hostile_readers.eats_memory_in_c, "crashed .SIGABRT"),
        (hostile_readers.has_a_bug, "internal error in hostile_readers.py.*has_a_bug: AttributeError"),
    ],
)
def test_a_reader_that_fails_costs_one_document(reader, letter):
    assert read(hostile_readers.good) == GOOD
    started = time.monotonic()
    with pytest.raises(PageError, match=letter) as caught:
        read(reader)
    assert str(caught.value).startswith("a.bin: ")
    assert time.monotonic() - started < 30
    assert read(hostile_readers.good) == GOOD


def test_letters_of_readers_come_through_whole():
    with pytest.raises(EmptyPageError) as caught:
        read(hostile_readers.is_empty)
    assert (caught.value.what, caught.value.where, caught.value.hint) == (
        "nothing here",
        "a.bin",
        "look elsewhere",
    )


def test_a_reader_that_prints_does_not_speak_over_the_pipe(capfd):
    assert read(hostile_readers.prints) == GOOD
    assert capfd.readouterr() == ("", "")


def test_text_of_any_kind_and_size_comes_through():
    assert read(hostile_readers.gives_halves_of_pairs) == Page("字\ud800", "good", unread="half")
    assert len(read(hostile_readers.big_answer).text) == 5_000_000
    assert read(hostile_readers.good, b"x" * 30_000_000).text.endswith(" 30000000")


def test_the_decoder_is_there_too():
    assert read(hostile_readers.calls_the_decoder, "四个强化".encode("gbk")).text == "四个强化"


def test_a_decoder_without_a_name_keeps_the_file_here():
    found = read_isolated(
        hostile_readers.calls_the_decoder,
        RawFile("a", b"1"),
        lambda raw, hint: DecodedText("字", "x", "y"),
        TIGHT,
    )
    assert found.text == "字"


def test_a_page_that_gives_more_text_than_an_input_may_hold_is_refused():
    raw = make_files.pdf_file(make_files.printed(make_files.PARAGRAPHS * 10))
    with pytest.raises(PageError, match="characters and the limit is 1,000"):
        read_page(RawFile("a.pdf", raw), decode, Settings(max_bytes=1000))


@pytest.mark.skipif(
    not shutil.which("unshare")
    or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode != 0,
    reason="this system lets no process leave the network",
)
def test_programs_that_open_documents_have_no_network_and_a_folder_of_their_own():
    devices = program_output(shutil.which("cat"), ("/proc/net/dev",), RawFile("a", b"\n"), "document.doc")
    assert [line.split(":")[0].strip() for line in devices.decode().splitlines() if ":" in line] == ["lo"]
    home = program_output(
        shutil.which("env"), ("sh", "-c", "pwd; echo $HOME; ls;", "-"), RawFile("a", b"\n"), "document.doc"
    )
    folder, same, *names = home.decode().split()
    assert folder == same
    assert sorted(names) == ["document.doc", "printed"]
    assert not Path(folder).exists()


def test_what_one_document_leaves_behind_does_not_decide_over_the_next():
    close_room()
    for _ in range(4):
        assert read(hostile_readers.keeps_memory) == GOOD


def test_one_process_serves_many_documents():
    close_room()
    read(hostile_readers.good)
    first = room._room._process.pid
    for _ in range(5):
        read(hostile_readers.good)
    assert room._room._process.pid == first


def test_programs_that_a_reader_started_die_with_it(tmp_path):
    with pytest.raises(PageError, match="not read within"):
        read(hostile_readers.starts_a_program, str(tmp_path / "pid").encode())
    pid = int((tmp_path / "pid").read_text())
    assert _is_gone(pid)


def test_the_scratch_folder_goes_with_the_process():
    read(hostile_readers.good)
    scratch = Path(room._room.scratch)
    assert scratch.is_dir()
    with pytest.raises(PageError):
        read(hostile_readers.crashes)
    assert not scratch.exists()


@pytest.mark.parametrize("how", ["returns", "dies"])
def test_nothing_is_left_when_the_asking_process_ends(how):
    script = (
        "import os, sys, hostile_readers\n"
        "from pipeline.decode import decode\n"
        "from pipeline.pages.isolation import read_isolated, room\n"
        "from pipeline.records import RawFile\n"
        "from pipeline.settings import DEFAULT\n"
        "read_isolated(hostile_readers.good, RawFile('a', b'1'), decode, DEFAULT)\n"
        "print(room._room._process.pid, room._room.scratch, flush=True)\n"
        f"os._exit(9) if {how == 'dies'} else None\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)
    pid, scratch = done.stdout.split()
    assert done.stderr == ""
    assert _is_gone(int(pid))
    assert not Path(scratch).exists()


def _is_gone(pid):
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("attribute", ["a{}=b", 'a{}="到2025年 b"', "a{}", "/a{}", "a{}=\"b' "])
def test_a_page_whose_one_tag_has_attributes_without_end_is_read(attribute):
    attributes = " ".join(map(attribute.format, range(40_000)))  # up to a minute in the parser, inside of C
    raw = f"<html><body><p {attributes}>到2025年，毛入园率达到95%。</p></body></html>".encode()
    started = time.monotonic()
    assert "毛入园率" in read_page(RawFile("a.html", raw), decode, Settings(seconds_per_document=30)).text
    assert time.monotonic() - started < 20
