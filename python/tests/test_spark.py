"""Spark: a standalone cluster of a master and two workers on loopback, against ``philippic batch``."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import philippic
from cluster import Cluster, cluster, session
from conftest import ROOT, philippic as program, press

#: Paragraphs are five times as many.
DOCUMENTS = 20_400
PARAGRAPHS = 5


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive as Parquet, and what ``philippic batch`` makes of it."""
    folder = tmp_path_factory.mktemp("archive")
    table = pa.Table.from_pylist(press(DOCUMENTS, PARAGRAPHS))
    (folder / "in").mkdir()
    # Many files: so many tasks, that a worker can be lost in the middle of them.
    step = DOCUMENTS // 24
    for number, start in enumerate(range(0, DOCUMENTS, step)):
        pq.write_table(table.slice(start, step), folder / "in" / f"part{number:02}.parquet")
    program("batch", folder / "in", "-o", folder / "batch.parquet", "--keep", "date", "-q")
    return folder


@pytest.fixture(scope="module")
def spark_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def spark(spark_cluster: Cluster) -> Iterator[Any]:
    # A file a task.
    started = session(spark_cluster.url, **{"spark.sql.files.openCostInBytes": 128 << 20})
    yield started
    started.stop()


def in_order(table: Any) -> Any:
    """Rows by document and paragraph (and holder and figure), with the types that Spark has."""
    keys = [name for name in ("id", "paragraph", "holder", "figure") if name in table.column_names]
    table = table.sort_by([(key, "ascending") for key in keys])
    wide = {pa.uint32(): pa.int64()}
    return table.cast(pa.schema([(field.name, wide.get(field.type, field.type)) for field in table.schema])).combine_chunks()


def test_the_cluster_has_two_workers(spark_cluster: Cluster, spark: Any) -> None:
    state = spark_cluster.state()
    assert state is not None and state["status"] == "ALIVE" and state["aliveworkers"] == 2
    assert spark.sparkContext.master == spark_cluster.url


def test_every_row_is_that_of_batch(archive: Path, spark: Any) -> None:
    from philippic import spark as scored

    news = spark.read.parquet(str(archive / "in"))
    scored.score(news, keep=["date"]).write.parquet(str(archive / "spark"))
    got = in_order(pq.read_table(archive / "spark"))
    want = in_order(pq.read_table(archive / "batch.parquet"))
    assert want.num_rows == DOCUMENTS * PARAGRAPHS >= 100_000
    assert got.equals(want)
    scored.stances(news, keep=["date"]).write.parquet(str(archive / "spark.stances"))
    got = in_order(pq.read_table(archive / "spark.stances"))
    want = in_order(pq.read_table(archive / "batch.stances.parquet"))
    assert want.num_rows > 10_000 and got.equals(want)


def test_the_plan_declares_its_schema_and_waits(spark: Any) -> None:
    from philippic import spark as scored

    frame = scored.score(spark.createDataFrame([("a", "Rain fell.")], "id string, text string"))
    kinds = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
    assert kinds["id"] == "string" and kinds["start"] == "bigint" and kinds["alarm"] == "float"
    assert list(kinds) == [column.name for column in philippic.Analyzer().columns()]
    assert frame.schema["alarm"].metadata == {"unit": "0 to 1"}


def test_lexicons_and_figures_go_along(spark: Any, tmp_path: Path) -> None:
    from philippic import spark as scored

    lexicon = tmp_path / "own.tsv"
    lexicon.write_text((ROOT / "tests" / "fixtures" / "own.tsv").read_text())
    rows = [("a", "The boss was zorbful, Jane Roe said."), ("b", None), ("c", "Rain fell.")]
    news = spark.createDataFrame(rows, "`the id` string, `a.text` string")
    options: dict[str, Any] = {"lexicons": [lexicon], "figures": [{"name": "Ann Poe", "aliases": ["the boss", "boss"]}]}
    frame = scored.score(news, "a.text", "the id", **options)
    stances = scored.stances(news, "a.text", "the id", **options)
    # The executors have what they need.
    analyzer = philippic.Analyzer(**options)
    lexicon.unlink()
    batch = pa.table({"id": ["a", "b", "c"], "text": [row[1] for row in rows]})
    want = pa.table(analyzer.score_batch(batch))
    assert in_order(frame.toArrow()).equals(in_order(want))
    assert max(want["sentiment"].to_pylist()) > 0.3
    assert in_order(stances.toArrow()).equals(in_order(pa.table(analyzer.score_batch(batch, table="stances"))))
    assert "Ann Poe" in stances.toArrow()["figure"].to_pylist()
    # And those that a row brings.
    own = [("a", "The harbour pilot lied.", '{"name": "Jane Roe", "roles": ["harbour pilot"]}'), ("b", "The harbour pilot lied.", None)]
    news = spark.createDataFrame(own, "id string, text string, about string")
    found = scored.stances(news, figures_column="about").toArrow()
    assert list(zip(found["id"].to_pylist(), found["figure"].to_pylist())) == [("a", "Jane Roe")]


def test_one_analyzer_a_process(spark: Any) -> None:
    from philippic import spark as scored

    news = spark.createDataFrame([(str(i), "Rain fell.") for i in range(64)], "id string, text string").repartition(16)
    assert scored.score(news).count() == 64

    def counts(batches: Iterator[Any]) -> Iterator[Any]:
        import os

        from philippic import spark as inside

        for _ in batches:
            pass
        yield pa.record_batch({"process": pa.array([os.getpid()], pa.int64()), "analyzers": pa.array([len(inside._analyzers)], pa.int64())})

    scored.score(news).count()
    found = news.mapInArrow(counts, "process bigint, analyzers bigint").collect()
    # Earlier tests have used two others; the same options never make a second one.
    assert found and all(row["analyzers"] <= 3 for row in found)


def test_refusals_name_column_and_row(spark: Any) -> None:
    from philippic import spark as scored

    news = spark.createDataFrame([("a", 1, bytearray(b"fine")), ("b", 2, bytearray(b"Snow \xff fell"))], "id string, n int, raw binary")
    with pytest.raises(KeyError, match="no column 'text'; there are: id, n, raw"):
        scored.score(news)
    with pytest.raises(TypeError, match="column 'n' holds int, not text"):
        scored.score(news, text="n")
    with pytest.raises(Exception, match=r'column "raw", row \d+ \(id "b"\): not UTF-8 at byte 5'):
        scored.score(news, text="raw").collect()


def test_a_worker_that_dies_changes_nothing(archive: Path, spark_cluster: Cluster, spark: Any) -> None:
    from philippic import spark as scored

    news = spark.read.parquet(str(archive / "in"))
    tracker = spark.sparkContext.statusTracker()
    done: list[BaseException | None] = []

    def job() -> None:
        try:
            scored.score(news, keep=["date"]).write.parquet(str(archive / "killed"))
            done.append(None)
        except BaseException as error:  # shown by the test
            done.append(error)

    running = threading.Thread(target=job)
    running.start()
    # In the middle: some tasks are done, most are not.
    finished = tasks = 0
    while running.is_alive():
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info is not None and info.numTasks >= 20:
                finished, tasks = info.numCompletedTasks, info.numTasks
        if finished >= 3:
            break
        time.sleep(0.02)
    assert 3 <= finished < tasks, f"{finished} of {tasks} tasks were done"
    victims = spark_cluster.kill(spark_cluster.workers[0])
    # The worker, its executor, the Python daemon and worker.
    assert len(victims) >= 3, victims
    running.join()
    assert done == [None]
    assert spark_cluster.alive() == 1
    assert in_order(pq.read_table(archive / "killed")).equals(in_order(pq.read_table(archive / "batch.parquet")))


def test_the_example_job(tmp_path: Path) -> None:
    import json
    import os
    import subprocess
    import sys

    from cluster import HOME

    rows = press(300)
    (tmp_path / "news.jsonl").write_text("".join(json.dumps({"url": row["id"], "date": row["date"], "body": row["text"]}) + "\n" for row in rows))
    job = [ROOT / "examples" / "spark_job.py", tmp_path / "news.jsonl", tmp_path / "scores"]
    options = ["--text", "body", "--id", "url", "--partition", "date", "--figures", ROOT / "python" / "tests" / "figures.tsv"]
    settings = ["--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.ui.enabled=false", "--conf", "spark.executor.memory=512m"]
    command = [HOME / "bin" / "spark-submit", "--master", "local[2]", *settings, *job, *options]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stderr[-3000:]
    folders = {path.name for path in (tmp_path / "scores" / "paragraphs").iterdir() if path.is_dir()}
    assert folders == {f"date={row['date']}" for row in rows}
    got = pq.read_table(tmp_path / "scores" / "paragraphs", partitioning=None)
    want = philippic.Analyzer(figures=ROOT / "python" / "tests" / "figures.tsv").score_batch(pa.Table.from_pylist(rows))
    assert in_order(got).equals(in_order(pa.table(want)))
    assert pq.read_table(tmp_path / "scores" / "stances", partitioning=None).num_rows > 0
