"""The spaCy component, in a blank pipeline."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import philippic
import philippic.spacy

TEXT = 'The so-called “saviour” of Zürich has brought us to the brink of ruin, said Jane Roe.\n\nRain fell on Café Vert.'


@pytest.fixture(scope="module")
def nlp() -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe("philippic")
    return nlp


def test_the_report_is_there(nlp: Any) -> None:
    doc = nlp(TEXT)
    assert doc._.philippic == philippic.analyze(TEXT)
    assert spacy.blank("en")("No component.")._.philippic is None


def test_spans_are_those_of_the_evidence(nlp: Any) -> None:
    doc = nlp(TEXT)
    report = doc._.philippic
    evidence = [e for p in report.paragraphs for e in p.evidence]
    spans = list(doc.spans["philippic"])
    assert [span.label_ for span in spans] == [e.cue for e in evidence] and len(spans) > 3
    for span, item in zip(spans, evidence):
        assert report.slice(item) in span.text
    assert [span.text.strip() for span in doc.spans["philippic.paragraphs"]] == [report.slice(p) for p in report.paragraphs]


def test_it_is_kept_with_the_document(nlp: Any) -> None:
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.philippic == doc._.philippic
    assert [(s.text, s.label_) for s in again.spans["philippic"]] == [(s.text, s.label_) for s in doc.spans["philippic"]]
    binary = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (stored,) = DocBin().from_bytes(binary).get_docs(nlp.vocab)
    assert stored._.philippic == doc._.philippic


def test_settings_and_streams() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("philippic", config={"figures": [{"name": "Ann Poe", "aliases": ["the boss", "boss"]}], "paragraphs": "line"})
    docs = list(nlp.pipe(["The boss lied.\nRain fell.", ""], batch_size=2))
    assert len(docs[0]._.philippic.paragraphs) == 2 and "Ann Poe" in {f.name for f in docs[0]._.philippic.figures}
    assert docs[1]._.philippic.paragraphs == ()
    assert len(list(docs[0].sents)) >= 2
