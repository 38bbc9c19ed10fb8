"""Reports: the results of one text. All offsets count bytes of UTF-8, as in the JSON form; :meth:`Report.chars` and :meth:`Report.slice`
turn them into Python's characters."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

from . import _philippic

Via = Literal["name", "alias", "title", "pronoun"]


class HasSpan(Protocol):
    """Anything that stands in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, in bytes."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that caused a number."""

    #: First byte, and one past the last.
    start: int
    end: int
    #: Category or rule, such as ``alarm.brink``.
    cue: str
    #: The lexicon's term, or what the rule found.
    term: str
    #: In the lexicon or of the rule.
    weight: float
    #: What it added to the score; the contributions of a score add up to it.
    contribution: float
    #: What changed the weight: ``negated``, ``intensified`` ...
    shifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentiment:
    """-1 to 1; ``hits == 0`` is no evidence, which is not neutral."""

    score: float
    positive: float
    negative: float
    hits: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Sarcasm:
    """Markers of sarcasm, 0 to 1; not the intent behind them."""

    score: float
    #: Score by family of cues.
    cues: Mapping[str, float]
    hits: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """Alarm language, 0 to 1."""

    score: float
    #: Score by part.
    parts: Mapping[str, float]
    hits: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Custom:
    """A category of the user's own lexicon: sum of weights per 100 words."""

    score: float
    hits: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """One holder's stance toward one figure in one paragraph."""

    #: A figure, ``@author``, ``@unknown``, or the words that name the source.
    holder: str
    figure: str
    #: -1 (against) to 1 (for).
    score: float
    mentions: int
    via: tuple[Via, ...]
    hits: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph and its results."""

    index: int
    #: First byte, and one past the last.
    start: int
    end: int
    words: int
    sentences: int
    sentiment: Sentiment
    sarcasm: Sarcasm
    alarm: Alarm
    stances: tuple[Stance, ...]
    #: Scores of the user's own categories.
    custom: Mapping[str, Custom]

    @property
    def evidence(self) -> Iterator[Evidence]:
        """The evidence of all scores."""
        yield from (*self.sentiment.evidence, *self.sarcasm.evidence, *self.alarm.evidence)
        for stance in self.stances:
            yield from stance.evidence
        for custom in self.custom.values():
            yield from custom.evidence


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a figure."""

    start: int
    end: int
    #: How it was linked to the figure.
    via: Via


@dataclass(frozen=True, slots=True)
class FigureStance:
    """One holder's stance toward a figure over the whole text."""

    holder: str
    score: float
    hits: int
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A person of the text."""

    name: str
    aliases: tuple[str, ...]
    gender: str | None
    mentions: int
    spans: tuple[Mention, ...]
    stances: tuple[FigureStance, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what."""

    holder: str
    #: The words that name the source, and the reporting verb, where there are any.
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Literal["direct", "indirect", "mixed"]


class Report:
    """The results of one text."""

    __slots__ = ("_native", "text", "__dict__")

    def __init__(self, text: str, native: _philippic.Report) -> None:
        #: The text.
        self.text = text
        self._native = native

    @cached_property
    def _data(self) -> dict[str, Any]:
        return self.to_dict()

    @property
    def schema(self) -> str:
        """Name of the form: ``philippic/1``."""
        return str(self._data["schema"])

    @property
    def id(self) -> str | None:
        """The caller's name of the text."""
        return self._data.get("id")

    @property
    def language(self) -> str:
        """The language that was assumed (ISO 639-1)."""
        return str(self._data["language"])

    @property
    def provenance(self) -> dict[str, Any]:
        """Version, lexicons with their hashes, and options that made it."""
        return dict(self._data["provenance"])

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in order."""
        return tuple(_paragraph(p) for p in self._data["paragraphs"])

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The persons that the text names, in order of their first mention."""
        return tuple(_figure(f) for f in self._data["figures"])

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what, in order of the text."""
        return tuple(_attribution(a) for a in self._data.get("attributions", ()))

    def to_json(self) -> str:
        """The report in the form of ``philippic score --format json``."""
        return self._native.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary."""
        return dict(json.loads(self._native.to_json()))

    def to_table(self, table: str = "paragraphs") -> _philippic.Table:
        """A row a paragraph; ``table`` as with :meth:`Analyzer.score_batch`."""
        return self._native.table(table)

    def to_pandas(self, table: str = "paragraphs") -> Any:
        """The same as a ``pandas.DataFrame``."""
        return self.to_table(table).to_pandas()

    def to_polars(self, table: str = "paragraphs") -> Any:
        """The same as a ``polars.DataFrame``."""
        return self.to_table(table).to_polars()

    def chars(self, item: HasSpan) -> tuple[int, int]:
        """Where ``item`` stands, in characters of the text."""
        start, end = _philippic.char_offsets(self.text, [item.start, item.end])
        return start, end

    def slice(self, item: HasSpan) -> str:
        """The words of the text at ``item``: a paragraph, evidence, a mention."""
        start, end = self.chars(item)
        return self.text[start:end]

    def to_html(self, title: str | None = None) -> str:
        """The heatmap as one page that asks nothing of anybody (``philippic heatmap -o page.html``)."""
        return self._native.html(self.text, title or self.id or "Paragraph heatmap")

    def _repr_html_(self) -> str:
        page = html.escape(self.to_html(), quote=True)
        height = min(900, 320 + 60 * len(self._data["paragraphs"]))
        # A frame of its own origin: the page cannot reach the notebook, nor the notebook's style the page.
        return (
            f'<iframe sandbox="allow-scripts" title="Paragraph heatmap" style="width:100%;height:{height}px;border:0" '
            f'srcdoc="{page}"></iframe>'
        )

    def __repr__(self) -> str:
        name = "" if self.id is None else f" {self.id!r}"
        figures = ", ".join(figure.name for figure in self.figures[:4])
        return f"<philippic.Report{name}: {len(self.paragraphs)} paragraphs; {figures or 'no figures'}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return self.text == other.text and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.text, self.to_json(), self._native.custom)


def _restored(text: str, report: str, custom: list[str]) -> Report:
    return Report(text, _philippic.Report.from_json(report, len(text.encode()), custom))


def _evidence(rows: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**{**row, "shifts": tuple(row.get("shifts", ()))}) for row in rows)


def _with_evidence(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "evidence": _evidence(row.get("evidence", []))}


def _paragraph(row: dict[str, Any]) -> Paragraph:
    return Paragraph(
        **{
            **row,
            "sentiment": Sentiment(**_with_evidence(row["sentiment"])),
            "sarcasm": Sarcasm(**_with_evidence(row["sarcasm"])),
            "alarm": Alarm(**_with_evidence(row["alarm"])),
            "stances": tuple(Stance(**{**_with_evidence(s), "via": tuple(s["via"])}) for s in row["stances"]),
            "custom": {name: Custom(**_with_evidence(c)) for name, c in row.get("custom", {}).items()},
        }
    )


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(
        name=row["name"],
        aliases=tuple(row["aliases"]),
        gender=row.get("gender"),
        mentions=row["mentions"],
        spans=tuple(Mention(**m) for m in row.get("spans", ())),
        stances=tuple(FigureStance(**{**s, "paragraphs": tuple(s["paragraphs"])}) for s in row["stances"]),
    )


def _attribution(row: dict[str, Any]) -> Attribution:
    def span(name: str) -> Span | None:
        return Span(**row[name]) if row.get(name) else None

    return Attribution(row["holder"], span("source"), span("cue"), tuple(Span(**s) for s in row["content"]), row["form"])
