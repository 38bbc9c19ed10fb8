"""The wheel alone, in an empty environment, and the lines of the README."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT


def lines_of_readme() -> str:
    block = re.search(r"## From Python\n.*?```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert block is not None, "README.md has no python block under \"From Python\""
    return block.group(1)


def test_the_wheel_in_an_empty_environment(tmp_path: Path) -> None:
    wheel = os.environ.get("PHILIPPIC_WHEEL")
    assert wheel, "python/test sets PHILIPPIC_WHEEL to the wheel that it has built"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", wheel], check=True)
    listed = subprocess.run([sys.executable, "-m", "pip", "--python", python, "list"], check=True, capture_output=True, text=True).stdout
    assert "philippic" in listed and "numpy" not in listed and "pyarrow" not in listed
    lines = lines_of_readme()
    assert lines.count("\n") == 3
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run([python, "-c", lines], capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert run.returncode == 0, run.stderr
    assert re.search(r"0\.\d+", run.stdout), run.stdout
    # The command line is there too.
    version = subprocess.run([python.with_name("philippic"), "--version"], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert version.stdout.startswith("philippic ")
    assert "abi3" in Path(wheel).name


@pytest.mark.parametrize("module", ["philippic.spark", "philippic.spacy"])
def test_extras_say_what_is_missing(tmp_path: Path, module: str) -> None:
    hidden = f"import sys; sys.modules['pyspark'] = sys.modules['spacy'] = None; import {module}"
    run = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True)
    extra = module.rpartition(".")[2]
    assert run.returncode == 1 and f"pip install 'philippic[{extra}]'" in run.stderr, run.stderr
