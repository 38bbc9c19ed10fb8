"""Throughput in one run: the Rust ``philippic batch``, this package, and vaderSentiment, on the same corpus and cores.

    python/bench.sh [--megabytes 64] [--spark]     builds what it needs, and runs this
    python python/bench.py PROGRAM [--megabytes 64] [--spark]

Each figure is the best of three. Files are read and written in both cases: Parquet in, Parquet out, paragraphs and stances. ``--spark`` adds
Spark with as many workers as cores.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import philippic

sys.path.insert(0, str(Path(__file__).parent / "tests"))
from conftest import press  # noqa: E402


#: A year of a national press, as docs/at-scale.md assumes it.
PRESS = {"titles": 60, "articles a day": 250, "kB an article": 4}
#: The crawl of September 2016, whose announcement gives its size; what gunzip makes of it and the share of English are assumptions.
CRAWL = {"TiB compressed": 4.54, "times its size": 2.5, "English": 0.45}


def best(body: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        body()
        found.append(time.perf_counter() - started)
    return min(found)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", help="the Rust program, built with --release")
    arguments.add_argument("--megabytes", type=int, default=64)
    arguments.add_argument("--spark", action="store_true")
    options = arguments.parse_args()
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), options, cores)


def run(folder: Path, options: Any, cores: int) -> None:
    rows = press(4000, 8)
    size = sum(len(row["text"].encode()) for row in rows)
    copies = max(1, options.megabytes * 1_000_000 // size)
    texts = pa.Table.from_pylist(rows)
    # Ids differ, so that Spark's and our rows can be counted.
    parts = [texts.set_column(0, "id", pa.array([f"{n}-{row['id']}" for row in rows])) for n in range(copies)]
    table = pa.concat_tables(parts).combine_chunks()
    megabytes = size * copies / 1e6
    source, out = folder / "in.parquet", folder / "out.parquet"
    pq.write_table(table, source, row_group_size=8192)
    print(f"corpus: {table.num_rows} documents, {table.num_rows * 8} paragraphs, {megabytes:.1f} MB of text; {cores} cores; load {os.getloadavg()[0]:.1f}")

    def batch(jobs: int) -> float:
        command = [options.program, "batch", str(source), "-o", str(out), "-q", "--overwrite", "-j", str(jobs)]
        return best(lambda: subprocess.run(command, check=True))

    analyzer = philippic.Analyzer()

    def python(threads: int) -> float:
        def body() -> None:
            writers: dict[str, Any] = {}
            row = 0
            for piece in pq.ParquetFile(source).iter_batches(batch_size=8192):
                tables = analyzer.score_tables(piece, threads=threads, first_row=row)
                row += piece.num_rows
                for name, scored in tables.items():
                    arrow = pa.table(scored)
                    if name not in writers:
                        writers[name] = pq.ParquetWriter(folder / f"python.{name}.parquet", arrow.schema, compression="zstd")
                    writers[name].write_table(arrow)
            for writer in writers.values():
                writer.close()

        return best(body)

    def memory(threads: int) -> float:
        return best(lambda: analyzer.score_tables(table, threads=threads))

    figures: dict[str, float] = {}
    for jobs in sorted({1, cores}):
        figures[f"Rust batch, {jobs} core(s)"] = megabytes / batch(jobs)
        figures[f"Python, Parquet to Parquet, {jobs} core(s)"] = megabytes / python(jobs)
        figures[f"Python, Arrow to Arrow in memory, {jobs} core(s)"] = megabytes / memory(jobs)

    german = "Der Minister sagte am Montag, dass die Gespräche gescheitert seien und dass niemand im Raum gewollt habe, dass sie dauerten. "
    foreign = pa.table({"id": [str(n) for n in range(4000)], "text": ["\n\n".join([german * 4] * 5)] * 4000})
    passed = best(lambda: analyzer.score_tables(foreign, threads=1))
    figures["Python, another language, passed over, 1 core(s)"] = len(german.encode()) * 20 * 4000 / 1e6 / passed

    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    paragraphs = [p for row in rows[:150] for p in row["text"].split("\n\n")]
    vader_size = sum(len(p.encode()) for p in paragraphs) / 1e6
    figures["vaderSentiment, by paragraph, 1 core"] = vader_size / best(lambda: [vader.polarity_scores(p) for p in paragraphs])

    if options.spark:
        figures |= spark(folder, source, megabytes, cores)
    for name, figure in figures.items():
        print(f"{name:<52} {figure:10.3f} MB/s")
    for jobs in sorted({1, cores}):
        share = figures[f"Python, Parquet to Parquet, {jobs} core(s)"] / figures[f"Rust batch, {jobs} core(s)"]
        print(f"Python over Rust batch, {jobs} core(s): {share:.0%} (at least 85 %)")
    times = figures["Python, Arrow to Arrow in memory, 1 core(s)"] / figures["vaderSentiment, by paragraph, 1 core"]
    print(f"Python over vaderSentiment, 1 core: {times:.0f} x (at least 100 x)")
    cost(figures["Python, Parquet to Parquet, 1 core(s)"], figures["Python, another language, passed over, 1 core(s)"])
    if options.spark:
        share = figures["Spark, warm"] / figures[f"Rust batch, {cores} core(s)"]
        print(f"Spark over Rust batch, {cores} core(s): {share:.0%}")


def cost(scored: float, passed: float) -> None:
    """Core-hours from MB/s of a core: of English text, and of text in other languages."""
    press_mb = PRESS["titles"] * PRESS["articles a day"] * 365 * PRESS["kB an article"] / 1000
    crawl_mb = CRAWL["TiB compressed"] * 2**40 / 1e6 * CRAWL["times its size"]
    english = crawl_mb * CRAWL["English"]
    print(f"a year of a national press, {press_mb / 1000:.1f} GB: {press_mb / scored / 3600:.2f} core-hours")
    hours = (english / scored + (crawl_mb - english) / passed) / 3600
    print(f"a Common Crawl snapshot, {crawl_mb / 1e6:.1f} TB of text, {english / 1e6:.1f} TB English: {hours:.0f} core-hours")


def spark(folder: Path, source: Path, megabytes: float, cores: int) -> dict[str, float]:
    """Spark with a worker a core: a first job, and the best of three when all is up."""
    from cluster import cluster, session

    from philippic import spark as scored

    (folder / "cluster").mkdir()
    with cluster(folder / "cluster", cores) as running:
        started = session(running.url, **{"spark.sql.files.maxPartitionBytes": 256 << 10, "spark.log.level": "ERROR"})
        number = iter(range(100))

        def job() -> None:
            news = started.read.parquet(str(source))
            for table in ("paragraphs", "stances"):
                scored.score(news, table=table).write.parquet(str(folder / f"spark{next(number)}"))

        def paragraphs() -> None:
            scored.score(started.read.parquet(str(source))).write.parquet(str(folder / f"spark{next(number)}"))

        first = best(paragraphs, 1)
        warm = best(paragraphs)
        both = best(job, 1)
        started.stop()
    return {"Spark, first job": megabytes / first, "Spark, warm": megabytes / warm, "Spark, warm, both tables (two passes)": megabytes / both}


if __name__ == "__main__":
    main()
