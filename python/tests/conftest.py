"""What all tests share: an invented press and the command line."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

#: The files of the project.
ROOT = Path(__file__).resolve().parents[2]
#: The command line that the wheel has installed.
PROGRAM = Path(sys.executable).with_name("philippic")

_WHO = ["Jane Roe", "John Doe", "Maria Voss", "Peter Okafor", "Olga Haddad", "Karl Mercer", "Mayor Ann Poe", "President Anselm Orlo"]
_WHAT = [
    "accused President Orlo of lying to parliament about the {n} million",
    "praised Mayor Poe for the new harbour, and the crowd of {n} cheered",
    "mocked the “so-called” plan of the minister, item {n} on a long list",
    "warned that the city stands on the brink of collapse after {n} days",
    'said, "Of course it will work; it always has," and left room {n}',
    "announced a budget of {n} million for schools and roads",
    "called Mr. Doe a coward and a thief, though {n} witnesses disagreed",
    "told the Café Zürich that nothing – nothing at all – was wrong with line {n}",
]


def press(documents: int, paragraphs: int = 4, seed: int = 1) -> list[dict[str, str]]:
    """Documents of invented news, always the same: ``id``, ``date``, ``text``."""
    chance = random.Random(seed)

    def paragraph() -> str:
        said = (f"{chance.choice(_WHO)} {chance.choice(_WHAT).format(n=chance.randrange(1000))} on Monday." for _ in range(chance.randrange(1, 4)))
        return " ".join(said)

    return [
        {"id": f"n{i}", "date": f"2024-{i % 12 + 1:02}-{i % 28 + 1:02}", "text": "\n\n".join(paragraph() for _ in range(paragraphs))}
        for i in range(documents)
    ]


def philippic(*args: object, status: int = 0, stdin: str | None = None) -> str:
    """Runs the command line; gives its standard output."""
    run = subprocess.run([str(PROGRAM), *map(str, args)], input=stdin, capture_output=True, text=True, timeout=600)
    assert run.returncode == status, f"exit code {run.returncode}\n{run.stderr}"
    return run.stdout


@pytest.fixture(scope="session")
def rows() -> list[dict[str, str]]:
    """Some English news, a text in Russian, an empty one."""
    found = press(60)
    found.append({"id": "ru", "date": "2024-05-05", "text": "Президент солгал, сказал министр в понедельник.\n\nГород в опасности, сказала мэр."})
    found.append({"id": "empty", "date": "2024-05-06", "text": ""})
    return found
