"""Scores every paragraph of news, speeches and transcripts for sarcasm markers, alarm language, stance toward named figures (and who holds
it), and sentiment, each number with the words that caused it.

    >>> import philippic
    >>> report = philippic.analyze('The so-called "saviour" has brought us to the brink of ruin, said Jane Roe.')
    >>> report.paragraphs[0].alarm.score > 0.5
    True

Whole tables: :func:`score_frame` (pandas, polars), :func:`score_batch` (anything with the Arrow PyCapsule interface). Other lexicons, figures
or options: :class:`Analyzer`. Spark: :mod:`philippic.spark`. spaCy: :mod:`philippic.spacy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, TypeVar, overload

from ._analyzer import Analyzer, Column, Figures, Keep, ParagraphMode, PathLike, TableName
from ._philippic import Table, __version__, char_offsets as _char_offsets, cut as _cut
from ._report import (
    Alarm,
    Attribution,
    Custom,
    Evidence,
    Figure,
    FigureStance,
    Mention,
    Paragraph,
    Report,
    Sarcasm,
    Sentiment,
    Span,
    Stance,
)

__all__ = [
    "Alarm",
    "Analyzer",
    "Attribution",
    "Column",
    "Custom",
    "Evidence",
    "Figure",
    "FigureStance",
    "Mention",
    "Paragraph",
    "Report",
    "Sarcasm",
    "Sentiment",
    "Span",
    "Stance",
    "Table",
    "__version__",
    "analyze",
    "paragraphs",
    "score_batch",
    "score_batches",
    "score_frame",
    "sentences",
    "words",
]

Frame = TypeVar("Frame")


@lru_cache(maxsize=1)
def _default() -> Analyzer:
    return Analyzer()


def analyze(
    text: str,
    *,
    id: str | None = None,
    evidence: bool = True,
    lexicons: Iterable[PathLike] = (),
    figures: Figures = None,
    paragraphs: ParagraphMode = "auto",
    without: Iterable[str] = (),
    drop_links: Iterable[str] = (),
) -> Report:
    """The report of one text.

    Options are those of :class:`Analyzer`; to score many texts with other options than the default ones, make an analyzer once.
    """
    options: dict[str, Any] = {
        "lexicons": tuple(lexicons),
        "figures": figures,
        "paragraphs": paragraphs,
        "without": tuple(without),
        "drop_links": tuple(drop_links),
    }
    plain = paragraphs == "auto" and not any(value for name, value in options.items() if name != "paragraphs")
    analyzer = _default() if plain else Analyzer(**options)
    return analyzer.analyze(text, id=id, evidence=evidence)


def score_batch(
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
    """:meth:`Analyzer.score_batch` with the built-in lexicons."""
    options: dict[str, Any] = {"figures_column": figures_column, "threads": threads, "assume_language": assume_language}
    return _default().score_batch(batch, text, id, keep, table=table, **options)


def score_batches(
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
    """:meth:`Analyzer.score_batches` with the built-in lexicons."""
    options: dict[str, Any] = {"figures_column": figures_column, "threads": threads, "assume_language": assume_language}
    return _default().score_batches(batches, text, id, keep, table=table, **options)


def score_frame(
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
    """:meth:`Analyzer.score_frame` with the built-in lexicons."""
    options: dict[str, Any] = {"figures_column": figures_column, "threads": threads, "assume_language": assume_language}
    return _default().score_frame(df, text, id, keep, table=table, **options)


@overload
def words(text: str, *, spans: Literal[False] = False) -> list[str]: ...
@overload
def words(text: str, *, spans: Literal[True]) -> list[tuple[int, int]]: ...
def words(text: str, *, spans: bool = False) -> list[str] | list[tuple[int, int]]:
    """The words by UAX #29 (Unicode 17); with ``spans`` their places, so that ``text[start:end]`` is the word."""
    return _units(text, "words", "auto", spans)


@overload
def sentences(text: str, *, spans: Literal[False] = False) -> list[str]: ...
@overload
def sentences(text: str, *, spans: Literal[True]) -> list[tuple[int, int]]: ...
def sentences(text: str, *, spans: bool = False) -> list[str] | list[tuple[int, int]]:
    """The sentences, by rules for English news; with ``spans`` their places."""
    return _units(text, "sentences", "auto", spans)


@overload
def paragraphs(text: str, mode: ParagraphMode = "auto", *, spans: Literal[False] = False) -> list[str]: ...
@overload
def paragraphs(text: str, mode: ParagraphMode = "auto", *, spans: Literal[True]) -> list[tuple[int, int]]: ...
def paragraphs(text: str, mode: ParagraphMode = "auto", *, spans: bool = False) -> list[str] | list[tuple[int, int]]:
    """The paragraphs; with ``spans`` their places.

    ``mode``: ``"auto"`` (blank lines separate if there are any, hard-wrapped lines join; else each line is one), ``"blank"``, ``"line"``.
    """
    return _units(text, "paragraphs", mode, spans)


def _units(text: str, kind: str, mode: str, spans: bool) -> list[str] | list[tuple[int, int]]:
    found = _cut(text, kind, mode)
    offsets = _char_offsets(text, [offset for span in found for offset in span])
    pairs = list(zip(offsets[::2], offsets[1::2]))
    return pairs if spans else [text[start:end] for start, end in pairs]
