"""The command and the system it runs in: signals, encodings, closed pipes."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from pipeline import cli
from pipeline.cli import main
from pipeline.cli.streams import signals_as_interrupts

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "corpus" / "001_b5c54a53bf2725bf.txt"
ASCII = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


def command(*arguments):
    return [sys.executable, "-m", "pipeline", *map(str, arguments)]


def _with_default_signals():
    """Take signals as a command does that was started by hand, however the tests were (nohup, in the background)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _children(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def _is_there(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda n: n.name)
def test_workers_end_with_a_run_that_is_killed(tmp_path, number):
    pages = tmp_path / "pages"
    pages.mkdir()
    text = PAGE.read_text(encoding="utf-8")
    for k in range(40):
        (pages / f"{k}.txt").write_text(f"{text}\n第{k}份。", encoding="utf-8")
    options = ("--workers", "2", "--engine", "processes")
    running = subprocess.Popen(
        command("run", pages, "--out", tmp_path / "out", *options),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_with_default_signals,
    )
    shards = tmp_path / "out" / ".work" / "shards"
    while not (shards.is_dir() and any(shards.iterdir())):
        assert running.poll() is None
        time.sleep(0.05)
    workers = _children(running.pid)
    assert len(workers) >= 2
    running.send_signal(number)
    letter = running.communicate(timeout=60)[1]
    for _ in range(100):
        if not any(map(_is_there, workers)):
            break
        time.sleep(0.1)
    assert not any(map(_is_there, workers))
    if number != signal.SIGKILL:
        assert running.returncode == 130
        assert "the same command goes on from here" in letter


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_a_signal_while_the_database_works_is_a_stop(request, number):
    own = signal.SIG_DFL if number == signal.SIGTERM else signal.default_int_handler
    before = signal.signal(number, own)
    request.addfinalizer(lambda: signal.signal(number, before))
    threading.Timer(0.3, os.kill, (os.getpid(), number)).start()
    with duckdb.connect() as connection, pytest.raises(KeyboardInterrupt), signals_as_interrupts():
        connection.execute("SELECT sum(a.range * b.range) FROM range(10_000_000) a, range(1_000) b")


@pytest.mark.parametrize("arguments", [("--help",), ("run", PAGE, "--out", "out"), ("show", PAGE)], ids=str)
def test_a_stream_that_is_not_utf8_gets_the_whole_output(tmp_path, arguments):
    done = subprocess.run(command(*arguments), env=_on_path(ASCII), cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert "政" in done.stdout.decode("utf-8")


def _on_path(environment):
    return {**environment, "PYTHONPATH": os.pathsep.join([str(ROOT), environment.get("PYTHONPATH", "")])}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("command")
    assert main(["run", str(PAGE), "--out", str(place / "out")]) == 0
    return place


@pytest.mark.parametrize(
    "arguments", [("tables", "out", "sections", "--head", "0"), ("show", PAGE), ("--help",)]
)
def test_a_pipe_closed_early_is_no_failure(folder, arguments):
    environment = _on_path(os.environ)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command(*arguments), cwd=folder, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_only_a_command_that_goes_on_says_so(monkeypatch, capsys):
    def stop(args):
        raise KeyboardInterrupt

    for name in ("run", "tables"):
        monkeypatch.setitem(cli.COMMANDS, name, stop)
    assert cli.main(["run", "x", "--out", "o"]) == 130
    assert "goes on from here" in capsys.readouterr().err
    assert cli.main(["tables", "o"]) == 130
    assert capsys.readouterr().err.strip() == "stopped"
