"""The phrase files: every ``hit`` must match its phrase, no ``miss`` may, and the form is checked."""

import pytest

from cleantext.errors import DataError
from cleantext.lexicon import Phrase, languages, load_language, parse_language
from cleantext.lookup import PhraseTables, tables


def of_language(tag: str) -> PhraseTables:
    """The tables of one language alone, so that no other language's phrase answers first."""
    return PhraseTables([load_language(tag)])


PHRASES = [phrase for tag in languages() for phrase in load_language(tag).phrases]


@pytest.mark.parametrize("tag", languages())
def test_every_language_has_what_detection_needs(tag: str) -> None:
    language = load_language(tag)
    assert language.phrases
    if tag != "und":
        assert len(language.stopwords) >= 40


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_hits_match_and_misses_do_not(phrase: Phrase) -> None:
    found_by = of_language(phrase.id.split("/")[0])
    assert phrase.hit, "a phrase brings at least one line that it must match"
    for line in phrase.hit:
        assert phrase.id in [found.id for found in found_by.find(line)], line
    for line in phrase.miss:
        assert phrase.id not in [found.id for found in found_by.find(line)], line


def test_long_matches_bring_counterexamples() -> None:
    loose = [phrase.id for phrase in PHRASES if phrase.match != "line" and not phrase.miss]
    assert not loose, "prefix, suffix and contains reach into sentences: each needs a miss"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('language = "xx', "xx.toml"),
        ('language = "yy"', "name of the file"),
        ('language = "xx"\ncolour = 1', "unknown fields"),
        ('language = "xx"\n[[phrase]]\nid = "a"', "missing"),
        ('language = "xx"\n[[phrase]]\nid="a"\nkind="text"\nmatch="line"\nbecause="B."\nany=["c"]\nhit=["c"]', "no kind of"),
        ('language = "xx"\n[[phrase]]\nid="a"\nkind="tags"\nmatch="glob"\nbecause="B."\nany=["c"]\nhit=["c"]', "match must"),
        ('language = "xx"\n[[phrase]]\nid="a"\nkind="tags"\nmatch="line"\nbecause="B."\nany=["c","C!"]\nhit=["c"]', "twice"),
        ('language = "xx"\n[[phrase]]\nid="a"\nkind="tags"\nmatch="line"\nbecause="B."\nany=["…"]\nhit=["c"]', "no letters"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(source: str, complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        parse_language("xx", source)


def test_chains_of_labels_are_one_line_of_chrome() -> None:
    assert tables("en").find("Facebook 12 Twitter 3 Email")
    assert not tables("en").find("Facebook users in Kenya")
