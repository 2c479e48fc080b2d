"""The word that was meant: every word of the manifest is found again from what people make of it, and nothing is made of nothing."""

from __future__ import annotations

import pytest

from pybuild.manifest.checking import nearest_word
from pybuild.manifest.fields import AlsoCalled
from pybuild.manifest.models import Build, Compiler, Modules, Rule
from pybuild.manifest.structure import fields_of, known_words, mark

FIELDS = {f"{table.__name__}.{key}": field for table in (Build, Compiler, Modules, Rule) for key, field in fields_of(table).items()}
WORDS = [(words, word) for field in FIELDS.values() if len(words := known_words(field)) > 1 for word in words]


@pytest.mark.parametrize(("words", "word"), WORDS, ids=lambda value: value if isinstance(value, str) else "")
def test_slips(words: tuple[str, ...], word: str) -> None:
    """A letter left out at the end, two that changed places, capitals, underscores, blanks around."""
    swapped = f"{word[0]}{word[2]}{word[1]}{word[3:]}"
    for written in (word[:-1], swapped, word.upper(), word.replace("-", "_"), f" {word} "):
        assert nearest_word(written, words) == word, written


@pytest.mark.parametrize("text", ["", "x", "qwertz", "  "])
def test_nothing_is_near(text: str) -> None:
    assert nearest_word(text, ("accelerated", "standalone")) is None


def test_a_part_that_fits_two_words_is_neither() -> None:
    assert nearest_word("cache", ("use-the-whole-cache", "no-cache-of-any-kind")) is None


def test_other_names_lead_to_words_that_exist() -> None:
    named = {name: also for name, field in FIELDS.items() if (also := mark(field, AlsoCalled))}
    assert len(named) >= 4
    for name, also in named.items():
        words = known_words(FIELDS[name])
        assert set(also.words.values()) <= set(words)
        assert not set(also.words) & set(words)
