"""The analyzer: texts to reports, tables to tables."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, Union

from . import _philippic
from ._philippic import Table
from ._report import Report

PathLike = Union[str, "os.PathLike[str]"]
ParagraphMode = Literal["auto", "blank", "line"]
TableName = Literal["paragraphs", "stances", "documents", "cues"]
#: Names of columns to copy, or a mapping of columns to their names in the output.
Keep = Union[Sequence[str], Mapping[str, str]]
#: A file of figures, or a list of names and of mappings with ``name``, ``aliases``, ``gender`` (``"m"``, ``"f"``), ``roles``.
Figures = Union[PathLike, Iterable[Union[str, Mapping[str, Any]]], None]

Frame = TypeVar("Frame")


class Column(NamedTuple):
    """A column of a table."""

    name: str
    #: ``"string"``, ``"uint32"`` or ``"float32"``.
    type: str
    nullable: bool
    #: Unit and meaning.
    unit: str


class Analyzer:
    """Scores texts with one set of lexicons and options.

    Built once (some milliseconds), used by any number of threads at the same time; scoring releases the GIL. It can be pickled, with the
    contents of its lexicons and figures, so that it can be sent to other processes and machines.

    :param lexicons: lexicon files to add to the built-in ones; later ones override (the format is in ``lexicons/README.md`` of the project).
    :param figures: persons to look for besides those that the text shows: a file, or a list of names or mappings.
    :param paragraphs: ``"auto"``, ``"blank"`` or ``"line"``, see :func:`philippic.paragraphs`.
    :param without: rules, lexicons or categories to switch off.
    :param drop_links: kinds of mentions not to link to figures: ``"alias"``, ``"title"``, ``"pronoun"``.
    :raises ValueError: an option that is none, or a lexicon with a mistake (its file and line are named).
    :raises OSError: a file that cannot be read.
    """

    def __init__(
        self,
        lexicons: Iterable[PathLike] = (),
        figures: Figures = None,
        *,
        paragraphs: ParagraphMode = "auto",
        without: Iterable[str] = (),
        drop_links: Iterable[str] = (),
    ) -> None:
        if isinstance(lexicons, (str, os.PathLike)):
            lexicons = (lexicons,)
        files = [(os.fspath(path), _text_of(path)) for path in lexicons]
        self._build((files, _figures_json(figures), paragraphs, _names(without), _names(drop_links)))

    def _build(self, state: tuple[Any, ...]) -> None:
        self._state = state
        self._native = _philippic.Analyzer(*state)

    def __getstate__(self) -> tuple[Any, ...]:
        return self._state

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._build(state)

    def __repr__(self) -> str:
        files, figures, paragraphs, without, drop_links = self._state
        parts = [f"lexicons={[name for name, _ in files]}"] if files else []
        count = len(json.loads(figures))
        parts += [f"figures={count}"] if count else []
        parts += [f"paragraphs={paragraphs!r}"] if paragraphs != "auto" else []
        parts += [f"without={without}"] if without else []
        parts += [f"drop_links={drop_links}"] if drop_links else []
        return f"Analyzer({', '.join(parts)})"

    @property
    def provenance(self) -> dict[str, Any]:
        """Version, lexicons with their hashes, and options: what is needed to make the same scores again."""
        return dict(json.loads(self._native.provenance()))

    def analyze(self, text: str, *, id: str | None = None, evidence: bool = True) -> Report:
        """The report of one text.

        :param id: the caller's name of the text.
        :param evidence: whether the words behind each number are listed.
        """
        return Report(text, self._native.analyze(text, id, evidence))

    def columns(self, table: TableName = "paragraphs", keep: Keep = ()) -> list[Column]:
        """The columns of a table, as ``philippic batch`` writes them too."""
        return [Column(*column) for column in self._native.columns(table, [name for _, name in _pairs(keep)])]

    def score_batch(
        self,
        batch: Any,
        text: str = "text",
        id: str | None = "id",
        keep: Keep = (),
        *,
        figures_column: str | None = None,
        table: TableName = "paragraphs",
        threads: int | None = None,
        assume_language: Literal["en"] | None = None,
    ) -> Table:
        """Scores the rows of a table or record batch; each row is a document.

        :param batch: anything with the Arrow PyCapsule interface: a table, record batch or reader of pyarrow, a frame of polars or pandas, a
            relation of DuckDB. It is not copied.
        :param text: the column of the text: any string or binary type, also as a dictionary. A null is an empty text.
        :param id: the column of the id, of any type; ``None`` takes the number of the row, and so does a null.
        :param keep: columns to copy to the output, as text; a mapping gives them other names there.
        :param figures_column: the column of figures to look for in that row besides those that are found: names separated by ``;``, a list of
            names, or JSON as in ``figures``. A null names none.
        :param table: ``"paragraphs"`` (a row a paragraph), ``"stances"`` (a row for each paragraph, holder and figure), ``"documents"`` (a
            row a document), ``"cues"`` (a row for each piece of evidence).
        :param threads: how many; ``None`` for one a core.
        :param assume_language: ``"en"`` scores every document as English; otherwise documents in other languages are marked and not scored.
        :returns: the table, with the schema of ``philippic batch``; the rows are in the order of the input, whatever ``threads`` is.
        :raises KeyError: a column that is not there.
        :raises TypeError: a column of text that holds something else, or a batch that is none.
        :raises ValueError: figures of a row that are none; it names column and row.
        :raises UnicodeDecodeError: bytes that are not UTF-8; it names column and row (from 0).
        """
        options: dict[str, Any] = {"figures_column": figures_column, "threads": threads, "assume_language": assume_language}
        return self.score_tables(batch, text, id, keep, tables=[table], **options)[table]

    def score_tables(
        self,
        batch: Any,
        text: str = "text",
        id: str | None = "id",
        keep: Keep = (),
        *,
        figures_column: str | None = None,
        tables: Sequence[TableName] = ("paragraphs", "stances"),
        threads: int | None = None,
        assume_language: Literal["en"] | None = None,
        first_row: int = 0,
    ) -> dict[str, Table]:
        """Several tables in one pass; as :meth:`score_batch`. ``first_row`` is the number of the first row."""
        return self._score(batch, text, id, keep, figures_column, tables, threads, assume_language, first_row)[0]

    def _score(
        self,
        batch: Any,
        text: str,
        id: str | None,
        keep: Keep,
        figures_column: str | None,
        tables: Sequence[TableName],
        threads: int | None,
        assume_language: str | None,
        first_row: int,
    ) -> tuple[dict[str, Table], int]:
        if threads is None:
            threads = _cores()
        elif threads < 1:
            raise ValueError(f"threads={threads}: at least 1, or None for one a core")
        if assume_language not in (None, "en"):
            raise ValueError(f"assume_language={assume_language!r}: \"en\" is the only language with a lexicon")
        if isinstance(tables, str):
            raise TypeError(f"tables={tables!r}: a list of names; table= of score_batch is one")
        found, rows = self._native.score(batch, text, id, _pairs(keep), figures_column, list(tables), threads, assume_language == "en", first_row)
        return dict(zip(tables, found)), rows

    def score_batches(
        self,
        batches: Any,
        text: str = "text",
        id: str | None = "id",
        keep: Keep = (),
        *,
        figures_column: str | None = None,
        table: TableName = "paragraphs",
        threads: int | None = None,
        assume_language: Literal["en"] | None = None,
    ) -> Iterator[Table]:
        """Scores a stream batch by batch and gives a table for each: memory holds one batch at a time.

        :param batches: an iterable of what :meth:`score_batch` takes, or one object with an Arrow stream (``pyarrow.RecordBatchReader``).

        The other parameters are those of :meth:`score_batch`; rows are numbered through.
        """
        stream = hasattr(batches, "__arrow_c_stream__")
        source = _philippic.Batches(batches) if stream else iter(batches)
        return self._stream(source, text, id, keep, figures_column, table, threads, assume_language)

    def _stream(
        self,
        batches: Iterable[Any],
        text: str,
        id: str | None,
        keep: Keep,
        figures_column: str | None,
        table: TableName,
        threads: int | None,
        assume_language: str | None,
    ) -> Iterator[Table]:
        row = 0
        for batch in batches:
            tables, rows = self._score(batch, text, id, keep, figures_column, [table], threads, assume_language, row)
            row += rows
            yield tables[table]

    def score_frame(
        self,
        df: Frame,
        text: str = "text",
        id: str | None = None,
        keep: Keep = (),
        *,
        figures_column: str | None = None,
        table: TableName = "paragraphs",
        threads: int | None = None,
        assume_language: Literal["en"] | None = None,
    ) -> Frame:
        """Scores the rows of a pandas or polars ``DataFrame`` and gives one of the same kind. Parameters as with :meth:`score_batch`."""
        kind = type(df).__module__.partition(".")[0]
        options: dict[str, Any] = {"figures_column": figures_column, "table": table, "threads": threads, "assume_language": assume_language}
        if kind == "pandas" and hasattr(df, "columns"):
            single = [name for name in (text, id, figures_column) if name is not None]
            names = dict.fromkeys([*single, *(name for name, _ in _pairs(keep))])
            return self.score_batch(_from_pandas(df, list(names), text), text, id, keep, **options).to_pandas()  # type: ignore[no-any-return]
        if kind == "polars" and hasattr(df, "__arrow_c_stream__"):
            return self.score_batch(df, text, id, keep, **options).to_polars()  # type: ignore[no-any-return]
        hint = "; collect() it first" if type(df).__name__ == "LazyFrame" else "; use score_batch for other tables"
        raise TypeError(f"a {kind} {type(df).__name__} is no DataFrame of pandas or polars{hint}")


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _names(names: Iterable[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _pairs(keep: Keep) -> list[tuple[str, str]]:
    if isinstance(keep, str):
        return [(keep, keep)]
    if isinstance(keep, Mapping):
        return list(keep.items())
    return [(name, name) for name in keep]


def _text_of(path: PathLike) -> str:
    data = Path(path).read_bytes()
    try:
        return _philippic.decode(data)
    except ValueError as error:
        raise ValueError(f"{os.fspath(path)}: {error}") from None


def _figures_json(figures: Figures) -> str:
    if figures is None:
        return "[]"
    if isinstance(figures, (str, os.PathLike)):
        try:
            return _philippic.figures(_text_of(figures))
        except ValueError as error:
            raise ValueError(f"{os.fspath(figures)}: {error}") from None
    known = {"name", "aliases", "gender", "roles"}
    rows = []
    for figure in figures:
        row = {"name": figure} if isinstance(figure, str) else dict(figure)
        if unknown := set(row) - known:
            raise ValueError(f"figure {row.get('name')!r}: unknown field {sorted(unknown)[0]!r}; there are name, aliases, gender, roles")
        rows.append(row)
    return _philippic.figures(json.dumps(rows))


def _from_pandas(df: Any, names: list[str], text: str) -> Any:
    """The columns of a pandas frame as a pyarrow table, or an exception that names column and row."""
    import pyarrow

    for name in names:
        if name not in df.columns:
            there = ", ".join(str(column) for column in df.columns[:20])
            raise KeyError(f"no column {name!r}; there are: {there}")
    columns = {}
    for name in names:
        series = df[name]
        try:
            columns[name] = pyarrow.Array.from_pandas(series)
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, UnicodeEncodeError) as error:
            for row, value in enumerate(series):
                if isinstance(value, str):
                    try:
                        value.encode()
                    except UnicodeEncodeError as surrogate:
                        reason = f"column {name!r}, row {row}: {surrogate.reason}"
                        raise UnicodeEncodeError("utf-8", surrogate.object, surrogate.start, surrogate.end, reason) from None
                elif name == text and not (value is None or value != value):
                    raise TypeError(f"column {name!r}, row {row}: {type(value).__name__}, not text") from None
            raise TypeError(f"column {name!r}: {error}") from None
    return pyarrow.table(columns)
