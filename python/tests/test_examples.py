"""The one-liners of docs/python.md and docs/at-scale.md."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import philippic
from conftest import ROOT, press


def test_the_examples_of_the_package() -> None:
    found = doctest.testmod(philippic)
    assert found.attempted > 2 and found.failed == 0


@pytest.mark.parametrize("name", ["python.md", "at-scale.md"])
def test_the_code_in_the_guide_compiles(name: str) -> None:
    import re

    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / name).read_text(), re.DOTALL)
    assert blocks
    for block in blocks:
        compile(block, name, "exec")


def test_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    pd.DataFrame(press(20)).to_parquet(tmp_path / "news.parquet")
    (tmp_path / "article.txt").write_text(press(1)[0]["text"])
    (tmp_path / "own.tsv").write_text((ROOT / "tests" / "fixtures" / "own.tsv").read_text())
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(), re.DOTALL):
        exec(compile(block, "docs/python.md", "exec"), names)
    assert len(names["scores"]) > 0


def test_ray() -> None:
    import pyarrow as pa
    import ray

    ray.init(address="local", num_cpus=2, include_dashboard=False)
    try:
        ds = ray.data.from_arrow([pa.Table.from_pylist(press(200)[start : start + 50]) for start in range(0, 200, 50)])
        scored = ds.map_batches(lambda t: philippic.score_batch(t).to_pyarrow(), batch_format="pyarrow")
        got = sorted(scored.take_all(), key=lambda row: (row["id"], row["paragraph"]))
    finally:
        ray.shutdown()
    want = pa.table(philippic.score_batch(pa.Table.from_pylist(press(200)))).to_pylist()
    assert got == sorted(want, key=lambda row: (row["id"], row["paragraph"]))


def test_dask() -> None:
    import dask.dataframe as dask_frame
    frame = pd.DataFrame(press(200))
    parts = dask_frame.from_pandas(frame, npartitions=4)
    got = parts.map_partitions(philippic.score_frame, id="id", threads=1).compute().reset_index(drop=True)
    want = philippic.score_frame(frame, id="id")
    pd.testing.assert_frame_equal(got, want, check_dtype=False)
