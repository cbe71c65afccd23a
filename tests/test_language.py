"""The language of a page: found from its prose, whatever its menus say."""

from __future__ import annotations

import pytest
from case_pages import case_files, case_id, read_case
from prose import ARTICLES, CHROME, PROSE

from cleantext.characters import code_points, fold
from cleantext.language import detect

FOREIGN_MENU = "Home\nNews\nSport\nAbout us\nContact\nShare this article\nRead more\nPrivacy policy\nSign in"


def language_of(page: str) -> str | None:
    """The language that is found for a page."""
    return detect(fold(page).split(), code_points(page))


def test_there_is_prose_in_every_covered_language(languages: list[str]) -> None:
    assert sorted(PROSE) == languages


@pytest.mark.parametrize("tag", sorted(PROSE))
def test_a_sentence_or_two_are_enough(tag: str) -> None:
    assert language_of(PROSE[tag][0]) == tag


@pytest.mark.parametrize("tag", sorted(PROSE))
def test_a_foreign_menu_does_not_mislead(tag: str) -> None:
    assert language_of("\n".join([FOREIGN_MENU, *PROSE[tag]])) == tag


@pytest.mark.parametrize("tag", sorted(CHROME))
def test_english_prose_under_a_foreign_menu_is_english(tag: str) -> None:
    menu = "\n".join(CHROME[tag])
    assert language_of("\n".join([menu, *ARTICLES["en"], menu])) == "en"


@pytest.mark.parametrize("path", [path for path in case_files() if path.parent.name in PROSE], ids=case_id)
def test_the_language_of_each_case_is_that_of_its_folder(path) -> None:  # noqa: ANN001
    assert language_of(read_case(path).text) == path.parent.name


@pytest.mark.parametrize("page", ["", "1 2 3", "—", "\ud800", "xyzzy plugh frobozz", "12:30 14:45 €100", "<div></div>"])
def test_what_is_in_no_language_is_said_to_be_in_none(page: str) -> None:
    assert language_of(page) is None


def test_a_covered_script_of_a_language_that_is_not_covered_does_not_count_as_prose() -> None:
    assert language_of("Երեքշաբթի օրը քաղաքային խորհուրդը որոշեց վերաբացել նավահանգստի հին կամուրջը հեծանվորդների համար։") is None


def test_long_pages_are_sampled_to_the_same_answer() -> None:
    for tag, paragraphs in ARTICLES.items():
        assert language_of("\n".join(paragraphs * 40)) == tag
