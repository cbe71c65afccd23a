"""The settings: what they take, and what they say to what they do not take."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from cleantext import Config, Kind, Label, annotate
from cleantext.errors import ConfigError

PROSE = "The river rose by two metres overnight, and the old bridge was closed to all traffic until Friday."
PAGE = f"Share this\n\n{PROSE}\n\nAdvertisement"


def test_kinds_are_taken_by_name_from_any_iterable() -> None:
    expected = frozenset({Kind.CAPTION, Kind.BYLINE})
    for kinds in ({"caption", "byline"}, ["caption", Kind.BYLINE], ("byline", "caption"), iter(["caption", "byline"])):
        assert Config(keep=kinds).keep == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("threshold", [0, 1, -0.1, 1.5, float("nan"), float("inf")])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with pytest.raises(ConfigError, match="above 0 and below 1"):
        Config(threshold=threshold)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"keep": "caption"}, r"a set of kinds, such as \{'caption'\}"),
        ({"keep": ["captions"]}, "'captions'.*the kinds of boilerplate are: .*caption"),
        ({"keep": ["text"]}, "'text'.*the kinds of boilerplate are: .*caption"),
        ({"keep": {Kind.TITLE, "tilte"}}, "'tilte'"),
        ({"keep": None}, "keep is a set of kinds, .* not None"),
        ({"keep": [3]}, "'3'"),
        ({"threshold": "0.5"}, "above 0 and below 1"),
        ({"language": 5}, "no phrase file for language 5"),
        ({"language": "xx"}, "no phrase file for language 'xx'; there are: .*en"),
        ({"language": ""}, "no phrase file"),
    ],
)
def test_what_is_wrong_is_said_with_what_there_is(settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        Config(**settings)


@pytest.mark.parametrize(
    ("tag", "expected"), [("EN", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), ("UND", "und"), ("de", "de")]
)
def test_a_language_is_taken_in_any_case_and_with_a_region(tag: str, expected: str) -> None:
    assert Config(language=tag).language == expected


def test_the_threshold_in_points_is_its_log_odds() -> None:
    assert Config().points == 0
    assert Config(threshold=0.9).points == pytest.approx(219.72, abs=0.01)
    assert Config(threshold=0.1).points == pytest.approx(-219.72, abs=0.01)


def test_settings_are_a_value() -> None:
    config = Config(keep={"share"}, threshold=0.4, language="de")  # type: ignore[arg-type]
    assert config == pickle.loads(pickle.dumps(config))
    assert len({config, Config(keep=["share"], threshold=0.4, language="de")}) == 1  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        config.threshold = 0.6  # type: ignore[misc]


def test_kept_kinds_stay_and_the_rest_goes() -> None:
    document = annotate(PAGE, keep={"share"})
    assert document.content.rstrip() == PAGE.removesuffix("\n\nAdvertisement")
    assert document.decisions[0].label is Label.CONTENT
    assert document.decisions[0].kind is Kind.SHARE
    assert document.decisions[0].because == "Kept on request: share."


def test_a_language_that_is_given_is_not_searched_for() -> None:
    assert (
        annotate("Del artiklen", language="da").decisions[0].evidence
        != annotate("Del artiklen", language="en").decisions[0].evidence
    )


def test_the_same_settings_are_pickled_to_the_same_bytes_in_every_process() -> None:
    code = "import pickle, sys; from cleantext import Config; sys.stdout.write(pickle.dumps(Config(keep=sys.argv[1:])).hex())"
    kinds = ["byline", "caption", "share", "tags"]
    commands = [([sys.executable, "-c", code, *names], str(seed)) for names in (kinds, kinds[::-1]) for seed in (1, 2)]
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"PYTHONHASHSEED": seed}).stdout
        for command, seed in commands
    ]
    assert len(set(runs)) == 1
    assert pickle.loads(bytes.fromhex(runs[0])) == Config(keep=kinds)  # type: ignore[arg-type]
