"""The case form itself: what is read, and what is said of a file that breaks it."""

from __future__ import annotations

import pytest
from case_pages import CASES, CaseError, case_files, case_id, parse_case, read_case

from cleantext import Kind, Label, annotate


def test_gutters_are_stripped_and_spans_point_into_the_page() -> None:
    case = parse_case("x", "+title Head\n\n-share|comment Share\n+ Prose.\\\n-teaser  More\n")
    assert case.text == "Head\n\nShare\nProse. More\n"
    assert [case.text[part.start : part.start + len(part.text)] for part in case.parts] == ["Head", "Share", "Prose.", " More"]
    assert [part.label for part in case.parts] == [Label.CONTENT, Label.BOILERPLATE, Label.CONTENT, Label.BOILERPLATE]
    assert [part.kinds for part in case.parts] == [{Kind.TITLE}, {Kind.SHARE, Kind.COMMENT}, set(), {Kind.TEASER}]
    assert case.content == "Head Prose."


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_the_page_ends_as_the_file_ends(ending: str) -> None:
    assert parse_case("x", "+ Prose." + ending).text == "Prose." + ending


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("Prose without a gutter.", r"x\.page:1: begin the line with"),
        ("+ Fine.\n-nonsense Share", r"x\.page:2: no kind of boilerplate: 'nonsense'; there are advertisement"),
        ("+share Share", "no kind of content: 'share'; there are text, title"),
        ("-title Share", "no kind of boilerplate: 'title'"),
        ("-share| Share", "no kind of boilerplate: ''"),
        ("+ ", "begin the line with|nothing stands behind"),
        ("+ Prose.\\\n\n- More", "not a blank one"),
        ("+ Prose.\\", "no part follows"),
        ("\n\n", "holds no line"),
    ],
)
def test_a_file_that_breaks_the_form_is_told_what_to_write(source: str, complaint: str) -> None:
    with pytest.raises(CaseError, match=complaint):
        parse_case("x", source)


def test_a_wrong_decision_is_described_with_its_reason() -> None:
    case = parse_case("x", "+ Advertisement\n")
    [description] = case.wrong(annotate(case.text))
    assert description.startswith("x.page:1: expected content, got boilerplate advertisement (probability 0.")
    assert "'Advertisement'" in description
    assert "because: " in description


@pytest.mark.parametrize("path", case_files(), ids=case_id)
def test_every_page_file_follows_the_form(path) -> None:  # noqa: ANN001
    case = read_case(path)
    if path.parent.name == "negative":
        assert all(part.label is Label.CONTENT for part in case.parts), "a negative case holds no chrome"


def test_no_two_cases_are_the_same_page() -> None:
    texts = [read_case(path).text for path in case_files()]
    assert len(set(texts)) == len(texts) >= 150


def test_the_example_in_the_documentation_is_a_case() -> None:
    example = (CASES.parent / "README.md").read_text(encoding="utf-8").split("```")[1].removeprefix("\n")
    case = parse_case("README", example)
    assert [len(part.kinds) for part in case.parts] == [1, 1, 2, 0, 1]
    assert case.text.endswith("closed. Read more\n")
