"""Pages written for the project: every line's label, and its kind where the case names kinds; see README.md here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from case_pages import case_files, case_id, read_case
from data import DISGUISES

from cleantext import annotate, clean

if TYPE_CHECKING:
    from pathlib import Path

SPECIAL = {"known_failures", "negative", "seeds"}


def failures(path: Path) -> str:
    """The descriptions of all wrong lines of a case, or an empty string."""
    case = read_case(path)
    wrong = case.wrong(annotate(case.text))
    return f"{len(wrong)} of {len(case.parts)} lines are wrong:\n  " + "\n  ".join(wrong) if wrong else ""


@pytest.mark.parametrize("path", [path for path in case_files() if path.parent.name not in SPECIAL], ids=case_id)
def test_each_line_has_the_label_and_kind_of_the_case(path: Path) -> None:
    wrong = failures(path)
    if wrong:
        pytest.fail(wrong, pytrace=False)


@pytest.mark.parametrize("path", case_files("negative"), ids=case_id)
def test_a_page_without_chrome_comes_back_as_it_went_in(path: Path) -> None:
    text = read_case(path).text
    if clean(text) != text:
        pytest.fail(failures(path) or "only blank lines were removed", pytrace=False)


@pytest.mark.xfail(strict=True, reason="known failure: move the file to its language's folder once it passes")
@pytest.mark.parametrize("path", case_files("known_failures"), ids=case_id)
def test_known_failures_still_fail(path: Path) -> None:
    wrong = failures(path)
    assert not wrong, wrong


@pytest.mark.parametrize("letters", DISGUISES.values(), ids=DISGUISES)
def test_where_no_word_is_known_the_article_stays_and_menus_go(letters: dict[int, int]) -> None:
    kept, left = [], []
    for case in filter(lambda case: case.content, map(read_case, case_files("en"))):
        page, content = (Counter(text.translate(letters).split()) for text in (case.text, case.content))
        cleaned = Counter(clean(case.text.translate(letters)).split())
        kept.append((content & cleaned).total() / content.total())
        left.append((cleaned - content).total() / max(1, (page - content).total()))
    assert min(kept) >= 0.99
    assert sum(share < 0.8 for share in left) >= 5, "the pages whose menus are long enough to tell"


def test_there_is_a_case_for_every_covered_language(languages: list[str]) -> None:
    missing = [tag for tag in languages if not case_files(tag)]
    assert not missing, f"write tests/cases/<tag>/<name>.page for: {', '.join(missing)}"
