"""The command line that the wheel installs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import philippic
from conftest import PROGRAM, ROOT, philippic as program


def test_it_is_the_same_program() -> None:
    assert program("--version").strip() == f"philippic {philippic.__version__}"
    assert "lexicon" in program("--help")
    table = program("score", ROOT / "examples" / "alarm_speech.txt")
    assert "sentiment" in table and "alarm" in table
    assert program("score", "-", "--format", "csv", stdin="Rain fell.\n\nSnow fell.\n").count("\n") == 3


def test_exit_codes() -> None:
    program("score", "/nowhere/at/all.txt", status=2)
    program("score", "--no-such-option", status=2)
    program(status=2)


def test_as_a_module() -> None:
    run = subprocess.run([sys.executable, "-m", "philippic", "tokenize", "-"], input="Can't stop.", capture_output=True, text=True)
    assert run.returncode == 0 and "Can't" in run.stdout


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text("We are on the brink of ruin.\n\n" * 20_000)
    run = subprocess.run(f"'{PROGRAM}' score --format csv '{text}' | head -n 1", shell=True, capture_output=True, text=True)
    assert run.stdout.startswith("id,") and run.stderr == ""


def test_ctrl_c_ends_it() -> None:
    run = subprocess.Popen([PROGRAM, "score", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # It waits for its input; only the interpreter has to be up by then.
    while b"_philippic" not in Path(f"/proc/{run.pid}/maps").read_bytes():
        assert run.poll() is None
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(run.pid, signal.SIGINT)
    assert run.wait(30) == -signal.SIGINT
