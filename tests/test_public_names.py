"""The names that other people's code relies on, and what is said to those who meant another package."""

from __future__ import annotations

import inspect
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any

import pytest

import cleantext
from cleantext import Cleaner, CleantextError, Config, Document
from cleantext.errors import ConfigError, DataError, InputError, MissingExtraError, OutputError, WrongPackageError

if TYPE_CHECKING:
    from collections.abc import Callable

FUNCTIONS = (cleantext.clean, cleantext.annotate, cleantext.clean_html, cleantext.annotate_html)


def test_the_public_names_are_these() -> None:
    assert set(cleantext.__all__) == {
        "Cleaner", "CleantextError", "Config", "Decision", "Document", "Kind", "Label",
        "annotate", "annotate_html", "clean", "clean_html",
    }  # fmt: skip
    assert all(hasattr(cleantext, name) for name in cleantext.__all__)
    assert len(set(cleantext.__all__)) == len(cleantext.__all__)


def test_every_public_name_is_documented() -> None:
    assert all(inspect.getdoc(getattr(cleantext, name)) for name in cleantext.__all__)


def test_the_package_is_typed_and_ships_its_data() -> None:
    package = resources.files("cleantext")
    assert (package / "py.typed").is_file()
    assert (package / "data" / "scorecard.json").is_file()
    assert (package / "data" / "phrases" / "en.toml").is_file()


def test_the_distribution_has_a_name_of_its_own() -> None:
    assert metadata.metadata("cleantext-web")["Name"] == "cleantext-web"


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("settings", "package"),
    [
        ({"lower": True}, "clean-text"),
        ({"fix_unicode": False, "to_ascii": False}, "clean-text"),
        ({"no_urls": True, "replace_with_url": "<URL>"}, "clean-text"),
        ({"lang": "en"}, "clean-text"),
        ({"clean_all": True}, "cleantext"),
        ({"stemming": True, "threshold": 0.5}, "cleantext"),
    ],
)
def test_settings_of_other_packages_name_the_package(
    function: Callable[..., Any], settings: dict[str, Any], package: str
) -> None:
    with pytest.raises(WrongPackageError, match=rf"package '{package}'.*this is cleantext-web") as caught:
        function("Some text", **settings)
    assert isinstance(caught.value, CleantextError)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_unknown_setting_lists_those_there_are(function: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match="no such setting: treshold; there are: keep, threshold, language") as caught:
        function("Some text", treshold=0.3)
    assert not isinstance(caught.value, WrongPackageError)


def test_settings_must_be_a_config() -> None:
    with pytest.raises(TypeError, match=r"config must be a Config, not dict; write Config"):
        Cleaner({"threshold": 0.4})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [None, b"bytes", 3, ["a", "b"]])
@pytest.mark.parametrize("function", [cleantext.clean, cleantext.annotate])
def test_text_must_be_a_string(function: Callable[..., Any], text: object) -> None:
    with pytest.raises(TypeError, match="text must be str, not"):
        function(text)


@pytest.mark.parametrize("text", [None, b"bytes", 3])
def test_a_cleaner_says_the_same_of_what_is_no_string(text: Any) -> None:
    for call in (Cleaner(), Cleaner().annotate, lambda page: list(Cleaner().annotate_many([page]))):
        with pytest.raises(TypeError, match=r"text must be str, not .*; decode bytes first"):
            call(text)


def test_one_page_is_no_stream_of_pages() -> None:
    with pytest.raises(TypeError, match="not one page; use annotate"):
        list(Cleaner().annotate_many("One page"))


def test_errors_form_one_tree() -> None:
    for error, builtin in (
        (ConfigError, ValueError),
        (DataError, ValueError),
        (InputError, ValueError),
        (OutputError, Exception),
        (MissingExtraError, ImportError),
        (WrongPackageError, TypeError),
    ):
        assert issubclass(error, CleantextError)
        assert issubclass(error, builtin)


def test_a_cleaner_is_the_functions_with_its_settings() -> None:
    page = (
        "Share this\n\nThe senate met on Monday and voted on the budget after a long debate that lasted until two in the morning."
    )
    config = Config(keep={"share"})
    assert Cleaner(config)(page) == cleantext.clean(page, keep={"share"}) == page
    assert isinstance(Cleaner().annotate(page), Document)
    assert [document.content for document in Cleaner().annotate_many([page, ""])] == [cleantext.clean(page), ""]
    assert repr(Cleaner(config)).startswith("Cleaner(Config(keep=")
