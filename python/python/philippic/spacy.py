"""A spaCy component: ``nlp.add_pipe("philippic")`` gives ``doc._.philippic``.

    import spacy
    nlp = spacy.blank("en")
    nlp.add_pipe("philippic")
    doc = nlp('The so-called "saviour" has brought us to the brink of ruin.')
    doc._.philippic.paragraphs[0].alarm.score
    [(span.text, span.label_) for span in doc.spans["philippic"]]

``doc._.philippic`` is a :class:`philippic.Report`. ``doc.spans["philippic"]`` holds the evidence of all scores, labelled with its cue;
``doc.spans["philippic.paragraphs"]`` the paragraphs. Evidence that begins or ends inside a token of spaCy takes the whole token. All of it is
kept by ``doc.to_bytes()`` and ``DocBin(store_user_data=True)``. It needs no other component; where sentences or entities are wanted, other
components may stand before or behind it.
"""

from __future__ import annotations

import json
from typing import Any

try:
    from spacy.language import Language
    from spacy.tokens import Doc, SpanGroup
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error}; pip install 'philippic[spacy]'", name=error.name) from None

from . import _philippic
from ._analyzer import Analyzer
from ._report import Report

_KEY = "philippic"


def _report(doc: Any) -> Report | None:
    data = doc.user_data.get(_KEY)
    if data is None:
        return None
    custom, report = json.loads(data)
    return Report(doc.text, _philippic.Report.from_json(report, len(doc.text.encode()), custom))


if not Doc.has_extension("philippic"):
    Doc.set_extension("philippic", getter=_report)


class Philippic:
    """The component; made by ``nlp.add_pipe("philippic", config={...})``."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer

    def __call__(self, doc: Any) -> Any:
        report = self.analyzer.analyze(doc.text)
        # As text, so that spaCy can write it with the document.
        doc.user_data[_KEY] = json.dumps([report._native.custom, report.to_json()])
        evidence = [(item.start, item.end, item.cue) for paragraph in report.paragraphs for item in paragraph.evidence]
        paragraphs = [(p.start, p.end, "paragraph") for p in report.paragraphs]
        doc.spans["philippic"] = _group(doc, "philippic", evidence)
        doc.spans["philippic.paragraphs"] = _group(doc, "philippic.paragraphs", paragraphs)
        return doc


def _group(doc: Any, name: str, items: list[tuple[int, int, str]]) -> Any:
    offsets = _philippic.char_offsets(doc.text, [offset for start, end, _ in items for offset in (start, end)])
    spans = []
    for (start, end), (_, _, label) in zip(zip(offsets[::2], offsets[1::2]), items):
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    return SpanGroup(doc, name=name, spans=spans)


@Language.factory(
    "philippic",
    default_config={"lexicons": [], "figures": None, "paragraphs": "auto", "without": [], "drop_links": []},
    assigns=["doc._.philippic", "doc.spans"],
)
def make(
    nlp: Any, name: str, lexicons: list[str], figures: Any, paragraphs: Any, without: list[str], drop_links: list[str]
) -> Philippic:
    """The factory; its settings are those of :class:`philippic.Analyzer`."""
    return Philippic(Analyzer(lexicons, figures, paragraphs=paragraphs, without=without, drop_links=drop_links))
