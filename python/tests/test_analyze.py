"""Reports of one text."""

from __future__ import annotations

import html.parser
import json
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

import philippic
from conftest import ROOT, philippic as program, press

ARTICLE = ROOT / "examples" / "hostile_article.txt"
TEXT = 'The so-called “saviour” of Zürich has brought us to the brink of ruin, said Jane Roe. "He lied," she added.\n\nRain fell on Café Vert.'


def test_a_report_is_that_of_the_command_line() -> None:
    want = json.loads(program("score", "--format", "json", "--evidence", ARTICLE))
    got = philippic.analyze(ARTICLE.read_text(), id=want["id"]).to_dict()
    assert got == want
    bare = json.loads(program("score", "--format", "json", ARTICLE))
    assert philippic.analyze(ARTICLE.read_text(), id=want["id"], evidence=False).to_dict() == bare


def test_attributes_hold_what_the_json_holds() -> None:
    report = philippic.analyze(TEXT, id="a")
    data = report.to_dict()
    assert (report.id, report.schema, report.language) == ("a", "philippic/1", "en")
    assert len(report.paragraphs) == len(data["paragraphs"]) == 2
    for got, want in zip(report.paragraphs, data["paragraphs"]):
        assert (got.index, got.start, got.end, got.words, got.sentences) == tuple(want[k] for k in ("index", "start", "end", "words", "sentences"))
        assert got.alarm.score == want["alarm"]["score"] and got.alarm.parts == want["alarm"]["parts"]
        assert got.sarcasm.cues == want["sarcasm"]["cues"]
        assert got.sentiment.hits == want["sentiment"]["hits"]
        assert [(s.holder, s.figure, s.score, list(s.via)) for s in got.stances] == [(s["holder"], s["figure"], s["score"], s["via"]) for s in want["stances"]]
    first = report.paragraphs[0]
    assert "alarm.brink" in {e.cue for e in first.alarm.evidence}
    assert [f.name for f in report.figures] == [f["name"] for f in data["figures"]] and "Jane Roe" in {f.name for f in report.figures}
    assert {a.holder for a in report.attributions} == {a["holder"] for a in data["attributions"]}
    assert data["provenance"] == report.provenance and philippic.__version__ == report.provenance["version"]


def test_spans_are_words_of_the_text() -> None:
    report = philippic.analyze(TEXT)
    brink = next(e for e in report.paragraphs[0].alarm.evidence if e.cue == "alarm.brink")
    assert "brink" in report.slice(brink) and report.slice(brink) in TEXT
    start, end = report.chars(report.paragraphs[1])
    assert TEXT[start:end] == report.slice(report.paragraphs[1]) == "Rain fell on Café Vert."
    assert report.slice(report.figures[0].spans[0]).endswith("Roe")


def test_tables_of_a_report() -> None:
    report = philippic.analyze(TEXT, id="a")
    frame = report.to_pandas()
    assert list(frame["id"]) == ["a", "a"] and list(frame["paragraph"]) == [0, 1]
    assert list(frame["alarm"]) == pytest.approx([p.alarm.score for p in report.paragraphs])
    stances = report.to_polars("stances")
    assert stances.height == sum(len(p.stances) for p in report.paragraphs) > 0
    cues = report.to_pandas("cues")
    assert len(cues) == sum(len(list(p.evidence)) for p in report.paragraphs) > 0


def test_evidence_changes_no_score() -> None:
    def bare(report: philippic.Report) -> Any:
        return json.loads(report.to_json(), object_hook=lambda row: {k: v for k, v in row.items() if k != "evidence"})

    for row in press(150, seed=3):
        assert bare(philippic.analyze(row["text"])) == bare(philippic.analyze(row["text"], evidence=False))


class _Elements(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_notebook_form_is_one_escaped_frame() -> None:
    attack = '</iframe><script>alert("x")</script><img src=x onerror=alert(1)> "quoted" & \'so-called\' brink of ruin.'
    shown = philippic.analyze(attack)._repr_html_()
    outer = _Elements()
    outer.feed(shown)
    assert [tag for tag, _ in outer.found] == ["iframe"]
    frame = outer.found[0][1]
    assert frame["sandbox"] == "allow-scripts"
    page = frame["srcdoc"] or ""
    assert page.startswith("<!doctype html>")
    assert "&#60;script" in page or "&lt;script" in page
    inner = _Elements()
    inner.feed(page)
    tags = [tag for tag, _ in inner.found]
    assert "img" not in tags and "iframe" not in tags
    # Nothing is fetched from anywhere.
    assert not [attrs for _, attrs in inner.found if "src" in attrs or (attrs.get("href") or "").startswith("http")]


def test_a_report_and_an_analyzer_can_be_pickled(tmp_path: Path) -> None:
    lexicon = tmp_path / "own.tsv"
    lexicon.write_text((ROOT / "tests" / "fixtures" / "own.tsv").read_text())
    analyzer = philippic.Analyzer([lexicon], figures=[{"name": "Ann Poe", "aliases": ["the boss", "boss"]}], drop_links=["pronoun"])
    lexicon.unlink()
    copy = pickle.loads(pickle.dumps(analyzer))
    assert copy.provenance == analyzer.provenance and repr(copy) == repr(analyzer)
    report = analyzer.analyze(TEXT, id="a")
    assert copy.analyze(TEXT, id="a") == report
    restored = pickle.loads(pickle.dumps(report))
    assert restored == report and restored.to_html() == report.to_html()
    assert restored.to_pandas().equals(report.to_pandas())


def test_own_figures_in_each_form(tmp_path: Path) -> None:
    text = "The boss lied, Jane Roe said."
    file = tmp_path / "figures.tsv"
    file.write_text("name\taliases\nAnn Poe\tthe boss; boss\n")
    from_file = philippic.analyze(text, figures=file)
    from_list = philippic.analyze(text, figures=[{"name": "Ann Poe", "aliases": ["the boss", "boss"]}])
    assert from_file == from_list
    assert "Ann Poe" in {f.name for f in from_file.figures}
    assert "Ann Poe" not in {f.name for f in philippic.analyze(text).figures}


def test_own_lexicon_changes_scores_and_names_itself() -> None:
    own = ROOT / "tests" / "fixtures" / "own.tsv"
    report = philippic.analyze(TEXT, lexicons=[own])
    assert len(report.provenance["lexicons"]) == len(philippic.analyze(TEXT).provenance["lexicons"]) + 1


def test_options_change_what_they_say() -> None:
    text = "One line.\nAnother line."
    assert len(philippic.analyze(text, paragraphs="line").paragraphs) == 2
    assert len(philippic.analyze(text, paragraphs="blank").paragraphs) == 1
    text = "We are on the brink of ruin."
    assert "brink" in philippic.analyze(text).paragraphs[0].alarm.parts
    assert "brink" not in philippic.analyze(text, without=["alarm.brink"]).paragraphs[0].alarm.parts


def test_units() -> None:
    text = "Señor Núñez can't stop. “Why?” he asked Mr. Smith.\n\n3.14 naïve 日本"
    words = philippic.words(text)
    assert words[:6] == ["Señor", "Núñez", "can't", "stop", "Why", "he"] and "3.14" in words
    assert [text[a:b] for a, b in philippic.words(text, spans=True)] == words
    sentences = philippic.sentences(text)
    assert sentences[0] == "Señor Núñez can't stop." and any(s.endswith("Mr. Smith.") for s in sentences)
    assert [text[a:b] for a, b in philippic.sentences(text, spans=True)] == sentences
    assert philippic.paragraphs(text) == [text.split("\n\n")[0], text.split("\n\n")[1]]
    assert philippic.paragraphs("a\nb", "line") == ["a", "b"]
    assert philippic.words("") == philippic.sentences("") == philippic.paragraphs("") == []


def test_an_empty_text_has_no_paragraphs() -> None:
    report = philippic.analyze("")
    assert report.paragraphs == () and report.figures == () and len(report.to_pandas()) == 0
    assert "iframe" in report._repr_html_()


def test_threads_share_an_analyzer() -> None:
    analyzer = philippic.Analyzer()
    texts = [row["text"] for row in press(40, seed=7)]
    want = [analyzer.analyze(text).to_json() for text in texts]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda text: analyzer.analyze(text).to_json(), texts * 5))
    assert got == want * 5


def test_other_threads_run_while_one_scores() -> None:
    analyzer = philippic.Analyzer()
    text = "\n\n".join(row["text"] for row in press(2000))
    steps = 0
    scoring = threading.Thread(target=lambda: analyzer.analyze(text, evidence=False))
    scoring.start()
    while scoring.is_alive():
        steps += 1
    # With the GIL held there would be one step, or a few around the call.
    assert steps > 1000


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: philippic.analyze(cast(Any, b"bytes")), TypeError, "bytes"),
        (lambda: philippic.analyze("lone \ud800 surrogate"), UnicodeEncodeError, "surrogates not allowed"),
        (lambda: philippic.analyze("x", paragraphs=cast(Any, "page")), ValueError, 'paragraphs="page"'),
        (lambda: philippic.analyze("x", without=["nonsense"]), ValueError, 'without="nonsense"'),
        (lambda: philippic.analyze("x", drop_links=["nickname"]), ValueError, 'drop_links="nickname"'),
        (lambda: philippic.analyze("x", lexicons=["/nowhere/own.tsv"]), FileNotFoundError, "/nowhere/own.tsv"),
        (lambda: philippic.analyze("x", figures=[{"name": "Ann", "job": "mayor"}]), ValueError, "unknown field 'job'"),
        (lambda: philippic.analyze("x", figures=[{"name": "Ann", "gender": "x"}]), ValueError, "gender"),
    ],
)
def test_what_is_refused_and_how(call: object, error: type[Exception], message: str) -> None:
    assert callable(call)
    with pytest.raises(error) as raised:
        call()
    assert message in str(raised.value)


def test_a_mistake_in_a_lexicon_is_named_with_file_and_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    lines = (ROOT / "tests" / "fixtures" / "own.tsv").read_text().rstrip("\n").split("\n")
    bad.write_text("\n".join([*lines, "word\tstem"]) + "\n")
    with pytest.raises(ValueError, match=rf"bad\.tsv:{len(lines) + 1}"):
        philippic.Analyzer([bad])
