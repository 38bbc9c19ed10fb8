"""Files of other tools in, files for other tools out. Each check is a row; the last line is "N passed, N failed"."""

import gzip
import json
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet as pq

PROGRAM = Path(sys.argv[1]).resolve()
ROWS = [
    {"id": f"n{i}", "year": 2000 + i, "text": f"Mayor Ann Poe, \"the boss\", accused President Doe of lying {i} times.\n\nThe city is on the brink of collapse – again."}
    for i in range(300)
]
FRAME = pd.DataFrame(ROWS)
TABLE = pa.Table.from_pylist(ROWS)


def batch(source, out, *more):
    run = subprocess.run([PROGRAM, "batch", source, "-o", out, "-q", "--overwrite", *more], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return out


def scores(folder, source):
    """The paragraph table of a source, as text."""
    return batch(source, folder / "out.csv", "--keep", "year").read_text()


def copy(folder, name, options):
    rows = FRAME  # noqa: F841  DuckDB finds it by its name
    path = folder / name
    duckdb.sql(f"COPY (SELECT * FROM rows) TO '{path}' ({options})")
    return path


def written(make):
    def check(folder):
        path = folder / "in.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
        want = scores(folder, path)
        assert want.count("\n") == 601
        got = scores(folder, make(folder))
        assert got == want, f"{got[:400]}\n{want[:400]}"

    return check


def parquet(name, **options):
    def make(folder):
        pq.write_table(TABLE, folder / name, **options)
        return folder / name

    return written(make)


def saved(name, save):
    def make(folder):
        save(folder / name)
        return folder / name

    return written(make)


def stream(path):
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, TABLE.schema) as writer:
        writer.write_table(TABLE, max_chunksize=70)


def dictionaries(path):
    table = TABLE.set_column(0, "id", TABLE["id"].dictionary_encode())
    pq.write_table(table, path)


def large(path):
    schema = pa.schema([("id", pa.large_string()), ("year", pa.int64()), ("text", pa.large_string())])
    pq.write_table(TABLE.cast(schema), path)


def views(path):
    pl.DataFrame(ROWS).write_ipc(path, compat_level=pl.CompatLevel.newest())


def zipped(path):
    with gzip.open(path, "wt") as file:
        FRAME.to_csv(file, index=False)


def outputs(folder):
    """Every table, by every tool, against the CSV."""
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    more = ["--keep", "year", "--documents", "--cues", "--row-group", "100"]
    for extension in ["csv", "parquet", "arrow"]:
        batch(path, folder / f"out.{extension}", *more)
    for part in ["", ".stances", ".documents", ".cues"]:
        names = {e: str(folder / f"out{part}.{e}") for e in ["csv", "parquet", "arrow"]}
        want = pd.read_csv(names["csv"])
        assert len(want) > 250, part
        by_pyarrow = pq.read_table(names["parquet"])
        assert pq.ParquetFile(names["parquet"]).metadata.num_row_groups >= 3
        assert json.loads(by_pyarrow.schema.metadata[b"philippic.provenance"])["lexicons"]
        assert json.loads(by_pyarrow.schema.metadata[b"philippic.summary"])["documents"] == 300
        assert by_pyarrow.schema.field("id").metadata[b"unit"] == b"the document"
        frames = {
            "pandas": pd.read_parquet(names["parquet"]),
            "pyarrow": by_pyarrow.to_pandas(),
            "DuckDB": duckdb.sql(f"SELECT * FROM '{names['parquet']}'").df(),
            "polars": pl.read_parquet(names["parquet"]).to_pandas(),
            "feather": pd.read_feather(names["arrow"]),
            "polars, arrow": pl.read_ipc(names["arrow"]).to_pandas(),
            "DuckDB, csv": duckdb.sql(f"SELECT * FROM '{names['csv']}'").df(),
        }
        for tool, frame in frames.items():
            assert list(frame.columns) == list(want.columns), (part, tool)
            assert len(frame) == len(want), (part, tool, len(frame), len(want))
            for column in want.columns:
                a, b = frame[column], want[column]
                if pd.api.types.is_float_dtype(b) and column != "year":
                    same = ((a.astype(float) - b).abs() < 1e-6) | (a.isna() & b.isna())
                else:
                    same = (a.isna() & b.isna()) | (a.astype(str) == b.astype(str))
                assert same.all(), (part, tool, column, a[~same].head(), b[~same].head())
    statistics = duckdb.sql(f"SELECT count(*) FROM parquet_metadata('{folder}/out.parquet') WHERE stats_min_value IS NULL").fetchall()[0]
    assert statistics == (0,), statistics
    worst = duckdb.sql(f"SELECT id FROM '{folder}/out.parquet' ORDER BY alarm DESC, id LIMIT 1").fetchall()[0]
    assert worst[0].startswith("n")


CHECKS = {
    "read: pyarrow parquet": parquet("a.parquet"),
    "read: pyarrow parquet, zstd, small groups": parquet("b.parquet", compression="zstd", row_group_size=40),
    "read: pyarrow parquet, gzip, version 2 pages": parquet("c.parquet", compression="gzip", data_page_version="2.0"),
    "read: pyarrow parquet, brotli, no dictionary": parquet("d.parquet", compression="brotli", use_dictionary=False),
    "read: pyarrow parquet, lz4": parquet("e.parquet", compression="lz4"),
    "read: pyarrow parquet, dictionary ids": saved("f.parquet", dictionaries),
    "read: pyarrow parquet, large strings": saved("g.parquet", large),
    "read: pyarrow feather, lz4": saved("a.feather", lambda path: pa.feather.write_feather(TABLE, path, compression="lz4")),
    "read: pyarrow feather, zstd": saved("b.feather", lambda path: pa.feather.write_feather(TABLE, path, compression="zstd")),
    "read: pyarrow arrow stream": saved("c.arrows", stream),
    "read: pyarrow csv": saved("a.csv", lambda path: pa.csv.write_csv(TABLE, path)),
    "read: pandas parquet": saved("h.parquet", lambda path: FRAME.to_parquet(path)),
    "read: pandas csv": saved("b.csv", lambda path: FRAME.to_csv(path, index=False)),
    "read: pandas csv, gzip": saved("c.csv.gz", zipped),
    "read: pandas tsv, utf-16": saved("d.tsv", lambda path: FRAME.to_csv(path, sep="\t", index=False, encoding="utf-16")),
    "read: pandas json lines": saved("b.jsonl", lambda path: FRAME.to_json(path, orient="records", lines=True)),
    "read: pandas json array": saved("c.json", lambda path: FRAME.to_json(path, orient="records", indent=1)),
    "read: DuckDB parquet": written(lambda folder: copy(folder, "i.parquet", "FORMAT parquet")),
    "read: DuckDB parquet, zstd": written(lambda folder: copy(folder, "j.parquet", "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880")),
    "read: DuckDB csv": written(lambda folder: copy(folder, "e.csv", "FORMAT csv, HEADER")),
    "read: DuckDB json": written(lambda folder: copy(folder, "d.json", "FORMAT json")),
    "read: DuckDB json array": written(lambda folder: copy(folder, "e.json", "FORMAT json, ARRAY true")),
    "read: polars parquet": saved("k.parquet", lambda path: pl.DataFrame(ROWS).write_parquet(path)),
    "read: polars arrow, string views": saved("d.arrow", views),
    "write: all tables, all tools": outputs,
}

failed = 0
for name, check in CHECKS.items():
    try:
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder))
        print(f"ok    {name}")
    except Exception:
        failed += 1
        print(f"FAIL  {name}")
        traceback.print_exc(limit=3, file=sys.stdout)
print(f"{len(CHECKS) - failed} passed, {failed} failed")
sys.exit(failed > 0)
