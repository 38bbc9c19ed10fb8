"""Arrow data and frames in, Arrow data and frames out."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import philippic
from conftest import philippic as program, press

TABLES = ["paragraphs", "stances", "documents", "cues"]


def table_of(rows: list[dict[str, str]]) -> Any:
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="module")
def batched(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The tables of ``philippic batch`` over the same rows."""
    folder = tmp_path_factory.mktemp("batch")
    pq.write_table(table_of(rows), folder / "in.parquet")
    program("batch", folder / "in.parquet", "-o", folder / "out.arrow", "--keep", "date", "--documents", "--cues", "-q")
    names = {"paragraphs": "out.arrow"} | {name: f"out.{name}.arrow" for name in TABLES[1:]}
    return {name: pa.ipc.open_file(folder / file).read_all() for name, file in names.items()}


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_those_of_batch(rows: list[dict[str, str]], batched: dict[str, Any], name: Any) -> None:
    got = pa.table(philippic.score_batch(table_of(rows), keep=["date"], table=name))
    want = batched[name]
    assert want.num_rows > 60
    # Types, names, whether nulls may be there, and units.
    assert [f.equals(g, check_metadata=True) for f, g in zip(got.schema, want.schema)] == [True] * len(want.schema)
    assert got.combine_chunks().equals(want.combine_chunks())
    assert got.schema.metadata[b"philippic.table"] == name.encode()
    assert got.schema.metadata[b"philippic.provenance"] == want.schema.metadata[b"philippic.provenance"]


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.binary_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.uint32(), pa.large_string()),
    ],
    ids=str,
)
def test_every_type_of_text(rows: list[dict[str, str]], kind: Any) -> None:
    table = table_of(rows)
    column = table["text"].combine_chunks()
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type).dictionary_encode().cast(kind)
    else:
        column = column.cast(kind)
    got = philippic.score_batch(table.set_column(table.column_names.index("text"), "text", column))
    assert pa.table(got).equals(pa.table(philippic.score_batch(table)))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string())], ids=str)
def test_nulls_are_empty_texts(kind: Any) -> None:
    column = pa.array(["We are on the brink of ruin.", None, "", "Rain fell."], pa.string())
    column = column.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else column.cast(kind)
    table = pa.table({"id": ["a", "b", "c", "d"], "text": column})
    assert pa.table(philippic.score_batch(table))["id"].to_pylist() == ["a", "d"]
    documents = pa.table(philippic.score_batch(table, table="documents"))
    assert documents["id"].to_pylist() == ["a", "b", "c", "d"] and documents["paragraphs"].to_pylist() == [1, 0, 0, 1]
    all_null = pa.table({"id": ["a"], "text": pa.nulls(1)})
    assert len(philippic.score_batch(all_null)) == 0
    nothing = pa.table({"id": ["a"], "text": pa.array([None], pa.dictionary(pa.int8(), pa.string()))})
    assert len(philippic.score_batch(nothing)) == 0


def test_empty_chunked_and_sliced(rows: list[dict[str, str]]) -> None:
    table = table_of(rows)
    want = pa.table(philippic.score_batch(table))
    empty = philippic.score_batch(table.slice(0, 0), keep=["date"])
    assert len(empty) == 0 and pa.table(empty).schema.equals(pa.table(philippic.score_batch(table, keep=["date"])).schema)
    assert len(philippic.score_batch(pa.Table.from_batches([], table.schema))) == 0
    chunked = pa.concat_tables([table.slice(0, 7), table.slice(7, 0), table.slice(7, 20), table.slice(27)])
    assert chunked["text"].num_chunks > 2
    assert pa.table(philippic.score_batch(chunked)).equals(want)
    one = table.combine_chunks().to_batches()[0]
    assert pa.table(philippic.score_batch(one)).equals(want)
    assert pa.table(philippic.score_batch(one.slice(10, 5))).to_pydict() == pa.table(philippic.score_batch(table_of(rows[10:15]))).to_pydict()


def test_threads_change_nothing() -> None:
    table = table_of(press(1500))
    want = pa.table(philippic.score_batch(table, threads=1)).combine_chunks()
    for threads in (2, 7, None):
        assert pa.table(philippic.score_batch(table, threads=threads)).combine_chunks().equals(want)


def test_ids_and_kept_columns() -> None:
    table = pa.table(
        {
            "n": pa.array([7, None, 9], pa.int32()),
            "when": pa.array([0, 86_400, None], pa.timestamp("s")),
            "tag": pa.array(["x", "y", None]).dictionary_encode(),
            "body": ["Rain fell.", "We are ruined.", "Snow fell."],
        }
    )
    got = pa.table(philippic.score_batch(table, text="body", id="n", keep={"when": "date", "tag": "tag"}))
    assert got["id"].to_pylist() == ["7", "1", "9"]  # a null takes the number of the row
    assert got["date"].to_pylist() == ["1970-01-01T00:00:00", "1970-01-02T00:00:00", None]
    assert got["tag"].to_pylist() == ["x", "y", None]
    assert pa.table(philippic.score_batch(table, text="body", id=None))["id"].to_pylist() == ["0", "1", "2"]


def test_figures_of_a_row(tmp_path: Path) -> None:
    text = "The lighthouse keeper lied. The harbour pilot deserves our thanks."
    keeper = '{"name": "Jane Roe", "roles": ["lighthouse keeper"]}'
    table = pa.table({"id": ["a", "b", "c"], "text": [text] * 3, "about": [keeper, None, '[{"name": "Ann Poe", "roles": ["harbour pilot"]}]']})
    pq.write_table(table, tmp_path / "in.parquet")
    program("batch", tmp_path / "in.parquet", "-o", tmp_path / "out.arrow", "--figures-field", "about", "-q")
    want = pa.ipc.open_file(tmp_path / "out.stances.arrow").read_all()
    got = pa.table(philippic.score_batch(table, figures_column="about", table="stances"))
    assert got.combine_chunks().equals(want.combine_chunks())
    assert list(zip(got["id"].to_pylist(), got["figure"].to_pylist())) == [("a", "Jane Roe"), ("c", "Ann Poe")]
    assert got["stance"][0].as_py() < 0 < got["stance"][1].as_py()
    frame = table.to_pandas()
    assert list(philippic.score_frame(frame, figures_column="about", table="stances")["figure"]) == ["Jane Roe", "Ann Poe"]
    streamed = philippic.score_batches([table, table], figures_column="about", table="stances")
    assert [part.num_rows for part in streamed] == [2, 2]


@pytest.mark.parametrize(
    "column",
    [["Quistmere; Ob"], [["Quistmere", "Ob"]], ['["Quistmere", "Ob"]'], pa.array([["Quistmere", "Ob"]], pa.large_list(pa.large_string()))],
)
def test_names_of_a_row_in_every_form(column: Any) -> None:
    text = "Criticism of quistmere is unfair. Quistmere is a disgrace to the council."
    bare = pa.table({"id": ["a"], "text": [text], "about": column})
    got = pa.table(philippic.score_batch(bare, figures_column="about", table="stances"))
    assert set(got["figure"].to_pylist()) == {"Quistmere"}


def test_other_languages_are_marked_unless_told(rows: list[dict[str, str]]) -> None:
    table = table_of([row for row in rows if row["id"] == "ru"])
    marked = pa.table(philippic.score_batch(table))
    assert marked["language"].to_pylist() == ["ru", "ru"] and marked["sentiment"].to_pylist() == [None, None]
    scored = pa.table(philippic.score_batch(table, assume_language="en"))
    assert scored["sentiment"].null_count == 0


def test_streams_one_batch_at_a_time(rows: list[dict[str, str]]) -> None:
    table = table_of(rows)
    want = pa.table(philippic.score_batch(table, id=None))
    taken = []

    def batches() -> Iterator[Any]:
        for number, batch in enumerate(table.to_batches(max_chunksize=9)):
            taken.append(number)
            yield batch

    stream = philippic.score_batches(batches(), id=None)
    first = next(stream)
    assert taken == [0] and first.num_rows > 0
    rest = [pa.table(t) for t in stream]
    assert pa.concat_tables([pa.table(first), *rest]).combine_chunks().equals(want.combine_chunks())
    reader = pa.RecordBatchReader.from_batches(table.schema, iter(table.to_batches(max_chunksize=9)))
    assert sum(len(t) for t in philippic.score_batches(reader, id=None)) == want.num_rows
    failing = pa.RecordBatchReader.from_batches(table.schema, (1 / 0 for _ in range(1)))
    with pytest.raises(ValueError, match="the data cannot be read"):
        list(philippic.score_batches(failing))


def test_pandas_round_trip(rows: list[dict[str, str]]) -> None:
    frame = pd.DataFrame(rows)
    got = philippic.score_frame(frame, id="id", keep=["date"])
    assert isinstance(got, pd.DataFrame)
    want = pa.table(philippic.score_batch(table_of(rows), keep=["date"])).to_pandas()
    pd.testing.assert_frame_equal(got, want)
    for dtype in ("object", "category", "string"):
        pd.testing.assert_frame_equal(philippic.score_frame(frame.astype({"text": dtype}), id="id", keep=["date"]), want)
    arrow = frame.astype({"text": pd.ArrowDtype(pa.large_string())})
    pd.testing.assert_frame_equal(philippic.score_frame(arrow, id="id", keep=["date"]), want)
    # A frame out of order, with an index of its own and a missing text.
    some = frame.iloc[[5, 3]].set_index(pd.Index(["p", "q"]))
    some.loc["q", "text"] = None
    assert set(philippic.score_frame(some, id="id")["id"]) == {"n5"}
    # The frame itself, through the interface that pandas has.
    assert pa.table(philippic.score_batch(frame)).equals(pa.table(philippic.score_batch(table_of(rows))))


def test_polars_round_trip(rows: list[dict[str, str]]) -> None:
    frame = pl.DataFrame(rows)
    got = philippic.score_frame(frame, id="id", keep=["date"])
    assert isinstance(got, pl.DataFrame)
    assert got.equals(philippic.score_batch(table_of(rows), keep=["date"]).to_polars())
    categorical = frame.with_columns(pl.col("text").cast(pl.Categorical))
    assert philippic.score_frame(categorical, id="id", keep=["date"]).equals(got)
    assert philippic.score_frame(frame, table="stances", id="id").columns[2:4] == ["holder", "figure"]
    with pytest.raises(TypeError, match="collect"):
        philippic.score_frame(frame.lazy())


def test_duckdb_round_trip(rows: list[dict[str, str]]) -> None:
    news = table_of(rows)  # noqa: F841  DuckDB finds it by its name
    connection = duckdb.connect()
    relation = connection.sql("SELECT id, text FROM news WHERE id <> 'empty'")
    scores = philippic.score_batch(relation).to_pyarrow()
    found = connection.sql("SELECT count(*), count(DISTINCT id), max(alarm) FROM scores").fetchall()[0]
    want = pa.table(philippic.score_batch(news))
    assert found == (want.num_rows, len(rows) - 1, max(v for v in want["alarm"].to_pylist() if v is not None))


def test_all_libraries_take_the_result(rows: list[dict[str, str]]) -> None:
    scores = philippic.score_batch(table_of(rows))
    assert repr(scores).startswith(f"<philippic.Table of {len(scores)} rows: id, paragraph")
    assert scores.column_names == pa.table(scores).column_names
    assert pl.DataFrame(scores).height == len(scores) == len(scores.to_pandas())
    # The same capsule can be asked for again, and its types can be chosen.
    assert pa.RecordBatchReader.from_stream(scores).read_all().equals(pa.table(scores))
    assert pa.schema(scores).equals(pa.table(scores).schema)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda t: philippic.score_batch(t, text="body"), KeyError, 'no column "body" for the text; there are: id, text'),
        (lambda t: philippic.score_batch(t, id="url"), KeyError, 'no column "url" for the id'),
        (lambda t: philippic.score_batch(t, keep=["date"]), KeyError, 'no column "date" for keep'),
        (lambda t: philippic.score_batch(t, figures_column="who"), KeyError, 'no column "who" for the figures'),
        (lambda t: philippic.score_batch(t.append_column("who", pa.array(["A", '[{"age": 3}]'])), figures_column="who"), ValueError,
         'column "who", row 1 (id "b"): figures: not names'),
        (lambda t: philippic.score_batch(t, text="id", id="text", keep={"text": "alarm"}), ValueError, '"alarm"'),
        (lambda t: philippic.score_batch(t.append_column("n", pa.array([1, 2])), text="n"), TypeError, 'column "n" holds Int64, not text'),
        (lambda t: philippic.score_batch([1, 2]), TypeError, "a list has no Arrow data"),
        (lambda t: philippic.score_batch(t["text"]), (TypeError, ValueError), ""),
        (lambda t: philippic.score_batch(t, table=cast(Any, "words")), ValueError, 'no table "words"'),
        (lambda t: philippic.score_batch(t, threads=0), ValueError, "threads=0"),
        (lambda t: philippic.score_batch(t, assume_language=cast(Any, "de")), ValueError, "assume_language='de'"),
        (lambda t: philippic.score_frame(t), TypeError, "pyarrow Table is no DataFrame"),
        (lambda t: philippic.score_frame(t.to_pandas(), text="body"), KeyError, "no column 'body'"),
        (lambda t: philippic.score_frame(pd.DataFrame({"text": ["a", 3]})), TypeError, "column 'text', row 1: int, not text"),
        (lambda t: philippic.score_frame(pd.DataFrame({"text": [3, 4]})), TypeError, 'column "text" holds Int64, not text'),
        (lambda t: philippic.score_frame(pd.DataFrame({"text": pd.Series(["a", "\ud800"], dtype=object)})), UnicodeEncodeError, "column 'text', row 1"),
        (lambda t: philippic.score_frame(pl.DataFrame({"text": [1.5]})), TypeError, 'column "text" holds Float64'),
    ],
)
def test_what_is_refused_and_how(call: Any, error: Any, message: str) -> None:
    with pytest.raises(error) as raised:
        call(pa.table({"id": ["a", "b"], "text": ["Rain.", "Snow."]}))
    assert message in str(raised.value)


def invalid(kind: Any) -> Any:
    """Three texts; the last one is not UTF-8 at byte 5, though its type may say so."""
    column = pa.array([b"Rain.", None, b"Snow \xff\xfe fell."], pa.binary())
    if kind == pa.string():
        return pa.StringArray.from_buffers(3, column.buffers()[1], column.buffers()[2], column.buffers()[0])
    if kind == "dictionary":
        values = pa.array([b"Rain.", b"Snow \xff\xfe fell."], pa.binary())
        values = pa.StringArray.from_buffers(2, values.buffers()[1], values.buffers()[2])
        return pa.DictionaryArray.from_arrays(pa.array([0, None, 1], pa.int8()), values)
    return column.cast(kind)


@pytest.mark.parametrize("kind", [pa.string(), pa.binary(), pa.large_binary(), pa.binary_view(), "dictionary"], ids=str)
def test_bytes_that_are_not_utf8_name_column_and_row(kind: Any) -> None:
    table = pa.table({"id": ["a", "b", "c"], "body": invalid(kind)})
    with pytest.raises(UnicodeDecodeError) as raised:
        philippic.score_batch(table, text="body")
    assert raised.value.reason == 'column "body", row 2 (id "c"): not UTF-8 at byte 5'
    assert raised.value.object[raised.value.start : raised.value.end] == b"\xff"
    # Rows are counted through the chunks and batches, and the first bad one is named whatever the threads do.
    many = pa.concat_tables([table.slice(0, 2)] * 50 + [table] * 50)
    for threads in (1, 4):
        with pytest.raises(UnicodeDecodeError, match=r'column "body", row 102 '):
            philippic.score_batch(many, text="body", threads=threads)
    with pytest.raises(UnicodeDecodeError, match=r'column "body", row 8 '):
        list(philippic.score_batches([table.slice(0, 2)] * 3 + [table], text="body"))


def test_ids_that_are_not_utf8_are_named_too() -> None:
    table = pa.table({"id": invalid(pa.string()), "text": ["a", "b", "c"]})
    with pytest.raises(UnicodeDecodeError, match=r'column "id", row 2: not UTF-8 at byte 5'):
        philippic.score_batch(table)


def test_ctrl_c_ends_the_work() -> None:
    table = table_of(press(200))
    table = pa.concat_tables([table] * 500)
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        philippic.score_batch(table, id=None)
        # Where the machine is fast enough to be done, the signal still comes.
        threading.Event().wait(30)


def test_a_batch_of_batches_from_many_threads() -> None:
    table = table_of(press(100))
    want = pa.table(philippic.score_batch(table))
    got: list[Any] = []
    workers = [threading.Thread(target=lambda: got.append(pa.table(philippic.score_batch(table, threads=2)))) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(got) == 6 and all(table.equals(want) for table in got)


def test_own_categories_have_columns(tmp_path: Path) -> None:
    from conftest import ROOT

    analyzer = philippic.Analyzer([ROOT / "tests" / "fixtures" / "own.tsv"])
    custom = [c for c in analyzer.columns() if c.name.startswith("custom_")]
    table = pa.table({"id": ["a"], "text": ["Rain fell."]})
    assert pa.table(analyzer.score_batch(table)).column_names == [c.name for c in analyzer.columns()]
    assert analyzer.columns("stances")[4] == philippic.Column("stance", "float32", True, "-1 to 1")
    assert all(c.unit == "weight per 100 words" for c in custom)
