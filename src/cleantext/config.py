"""The few knobs that a user turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from numbers import Real
from typing import Any

from cleantext.errors import ConfigError
from cleantext.lexicon import languages
from cleantext.model import CONTENT_KINDS, Kind

__all__ = ["Config"]


@dataclass(frozen=True, slots=True)
class Config:
    """How to clean. The defaults are what was measured; change one only to get something else.

    >>> Config(keep={"caption", "byline"}).keep == {Kind.CAPTION, Kind.BYLINE}
    True
    >>> Config(language="pt_BR").language
    'pt'
    >>> Config(threshold=2)
    Traceback (most recent call last):
    ...
    cleantext.errors.ConfigError: threshold is a number above 0 and below 1, not 2

    Raises:
        ConfigError: a value is out of range; the message names the range.
    """

    keep: frozenset[Kind] = frozenset()
    """Kinds of boilerplate to keep in the output all the same; any iterable of kinds or their names."""
    threshold: float = 0.5
    """Lines are kept from this probability of being main content on, between 0 and 1. Lower keeps more, higher removes more.
    The default is the middle because the scorecard is fitted so that the middle is right."""
    language: str | None = None
    """BCP 47 tag of the pages' language, in any case; None finds it for each page. A tag without a file of its own becomes the
    shorter one that has one: ``pt_BR`` is ``pt``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keep", _kinds(self.keep))
        if not isinstance(self.threshold, Real) or not 0 < self.threshold < 1:
            raise ConfigError(f"threshold is a number above 0 and below 1, not {self.threshold!r}")
        if self.language is not None:
            object.__setattr__(self, "language", _language(self.language))

    def __reduce__(self) -> tuple[type[Config], tuple[list[Kind], float, str | None]]:
        """Pickle the kinds in order: a set's own differs between processes, and engines cache by what the bytes are."""
        return Config, (sorted(self.keep), self.threshold, self.language)

    @property
    def points(self) -> float:
        """The threshold in the scorecard's unit, hundredths of log-odds."""
        return 100 * log(self.threshold / (1 - self.threshold))


_ALIASES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}
"""Tags for languages whose file has another name."""


def _kinds(names: Iterable[Any]) -> frozenset[Kind]:
    if isinstance(names, str):
        raise ConfigError(f"keep is a set of kinds, such as {{{names!r}}}, not one string")
    if not isinstance(names, Iterable):
        raise ConfigError(f"keep is a set of kinds, such as {{'caption'}}, not {names!r}")
    choices = {kind.value: kind for kind in Kind if kind not in CONTENT_KINDS}
    given = list(names)
    if unknown := [name for name in given if not isinstance(name, str) or name not in choices]:
        wrong = ", ".join(repr(str(name)) for name in unknown)
        raise ConfigError(f"no kind of boilerplate: {wrong}; the kinds of boilerplate are: {', '.join(choices)}")
    return frozenset(choices[name] for name in given)


def _language(tag: Any) -> str:
    """The language file that a tag leads to: the longest beginning of the tag that has one."""
    files = {known.lower(): known for known in languages()}
    parts = str(tag).lower().replace("_", "-").split("-")
    parts[0] = _ALIASES.get(parts[0], parts[0])
    for end in range(len(parts), 0, -1):
        if (found := files.get("-".join(parts[:end]))) is not None:
            return found
    known = ", ".join(each for each in languages() if each != "und")
    raise ConfigError(f"no phrase file for language {tag!r}; there are: {known}; leave it out to have it found")
