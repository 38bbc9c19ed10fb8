"""Scores a Spark DataFrame: the same engine, in Python workers beside the executors.

    from philippic import spark as philippic
    scores = philippic.score(df, text="body", id="url", keep=["date"])
    stances = philippic.stances(df, text="body", id="url")

Rows go through Arrow batches both ways (``DataFrame.mapInArrow``, Spark 3.3 and later; it works with Spark Connect too). Lexicons and
figures are read once, where the job is written, and are sent to the executors with the options: no file needs to be there. The package
must be installed on them. Each Python worker makes one analyzer and keeps it.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from typing import Any, Literal

try:
    from pyspark.sql import functions
    from pyspark.sql.types import FloatType, LongType, StringType, StructField, StructType
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error}; pip install 'philippic[spark]'", name=error.name) from None

from ._analyzer import Analyzer, Figures, Keep, ParagraphMode, PathLike, TableName, _pairs

_TYPES = {"string": StringType, "uint32": LongType, "float32": FloatType}
#: The types of a column that can be scored.
_TEXT = ("string", "varchar", "char", "binary", "void")
#: Analyzers of this process by the hash of what they were made from.
_analyzers: dict[str, Analyzer] = {}


def score(
    df: Any,
    text: str = "text",
    id: str = "id",
    keep: Keep = (),
    *,
    figures_column: str | None = None,
    table: TableName = "paragraphs",
    analyzer: Analyzer | None = None,
    lexicons: Iterable[PathLike] = (),
    figures: Figures = None,
    paragraphs: ParagraphMode = "auto",
    without: Iterable[str] = (),
    drop_links: Iterable[str] = (),
    assume_language: Literal["en"] | None = None,
) -> Any:
    """A DataFrame with a row for each paragraph of each row of ``df``.

    :param text: the column of the text, string or binary. A null is an empty text.
    :param id: the column of the id. Spark knows no order of rows, so there must be one; ``monotonically_increasing_id()`` makes one.
    :param keep: columns to copy, as text; a mapping gives them other names.
    :param figures_column: the column of the figures that a row brings, as with :meth:`philippic.Analyzer.score_batch`.
    :param table: as with :meth:`philippic.Analyzer.score_batch`.
    :param analyzer: the analyzer to use; otherwise one with the options that follow, as with :class:`philippic.Analyzer`.
    :returns: the columns of ``philippic batch``; counts are ``bigint``, for Spark has no unsigned numbers. Nothing is computed until an
        action asks for it.
    :raises KeyError: a column that is not there.
    :raises TypeError: a column of text that holds something else.
    """
    analyzer = analyzer or Analyzer(lexicons, figures, paragraphs=paragraphs, without=without, drop_links=drop_links)
    pairs = _pairs(keep)
    single = [text, id, *([] if figures_column is None else [figures_column])]
    wanted = list(dict.fromkeys([*single, *(column for column, _ in pairs)]))
    fields = {field.name: field.dataType.simpleString() for field in df.schema.fields}
    for name in wanted:
        if name not in fields:
            raise KeyError(f"no column {name!r}; there are: {', '.join(list(fields)[:20])}")
    if not fields[text].startswith(_TEXT):
        raise TypeError(f"column {text!r} holds {fields[text]}, not text; name the column of the text with text=\"...\"")
    columns = analyzer.columns(table, keep)
    schema = StructType([StructField(c.name, _TYPES[c.type](), True, {"unit": c.unit}) for c in columns])
    state = pickle.dumps(analyzer)
    key = hashlib.sha256(state).hexdigest()
    shipped = _ship(df.sparkSession, state)
    types = {column.name: column.type for column in columns}

    def rows(batches: Iterator[Any]) -> Iterator[Any]:
        # Spark gives a core to each task: one thread.
        options = dict(text=text, id=id, keep=dict(pairs), figures_column=figures_column, table=table, threads=1, assume_language=assume_language)
        return _score(batches, wanted, key, shipped, types, options)

    # mapInArrow takes no column with a dot or a backtick in its name: numbers on the way, names again on the other side.
    columns_by_number = (functions.col(_quoted(name)).alias(f"c{number}") for number, name in enumerate(wanted))
    return df.select(*columns_by_number).mapInArrow(rows, schema)


def stances(df: Any, text: str = "text", id: str = "id", keep: Keep = (), **options: Any) -> Any:
    """A DataFrame with a row for each paragraph, holder and figure; as :func:`score`."""
    return score(df, text, id, keep, table="stances", **options)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


class _Inline:
    """What goes with the function itself, where there is no broadcast (Spark Connect)."""

    def __init__(self, value: bytes) -> None:
        self.value = value


def _ship(session: Any, state: bytes) -> Any:
    try:
        return session.sparkContext.broadcast(state)
    except Exception as error:  # Spark Connect has no context, and says so by an exception of its own that is not always importable.
        if isinstance(error, AttributeError) or "JVM_ATTRIBUTE" in str(error) or "NOT_IMPLEMENTED" in str(error):
            return _Inline(state)
        raise


def _score(
    batches: Iterator[Any], names: list[str], key: str, shipped: Any, types: dict[str, str], options: dict[str, Any]
) -> Iterator[Any]:
    import pyarrow

    arrow = {"string": pyarrow.string(), "uint32": pyarrow.int64(), "float32": pyarrow.float32()}
    schema = pyarrow.schema([(name, arrow[kind]) for name, kind in types.items()])
    analyzer = _analyzers.get(key)
    if analyzer is None:
        analyzer = _analyzers[key] = pickle.loads(shipped.value)
    named = (pyarrow.RecordBatch.from_arrays(batch.columns, names=names) for batch in batches)
    for table in analyzer.score_batches(named, **options):
        yield from pyarrow.table(table).cast(schema).to_batches()
