"""The few knobs that a user turns."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from cleantext.errors import ConfigError
from cleantext.lexicon import languages
from cleantext.model import CONTENT_KINDS, Kind

__all__ = ["Config"]


@dataclass(frozen=True, slots=True)
class Config:
    """How to clean. The defaults are what was measured; change one only to get something else.

    >>> Config(keep={"caption", "byline"}).keep == {Kind.CAPTION, Kind.BYLINE}
    True
    >>> Config(threshold=2)
    Traceback (most recent call last):
    ...
    cleantext.errors.ConfigError: threshold is a probability between 0 and 1, not 2

    Raises:
        ConfigError: a value is out of range; the message names the range.
    """

    keep: frozenset[Kind] = frozenset()
    """Kinds of boilerplate to keep in the output all the same; any iterable of kinds or their names."""
    threshold: float = 0.5
    """Lines are kept from this probability of being main content on, between 0 and 1. Lower keeps more, higher removes more.
    The default is the middle because the scorecard is fitted so that the middle is right."""
    language: str | None = None
    """BCP 47 tag of the pages' language; None finds it for each page."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keep", _kinds(self.keep))
        if not 0 < self.threshold < 1:
            raise ConfigError(f"threshold is a probability between 0 and 1, not {self.threshold}")
        if self.language is not None and self.language not in languages():
            known = ", ".join(tag for tag in languages() if tag != "und")
            raise ConfigError(f"no phrase file for language {self.language!r}; there are: {known}; leave it out to have it found")

    @property
    def points(self) -> float:
        """The threshold in the scorecard's unit, hundredths of log-odds."""
        return 100 * log(self.threshold / (1 - self.threshold))


def _kinds(names: frozenset[Kind]) -> frozenset[Kind]:
    if isinstance(names, str):
        raise ConfigError(f"keep is a set of kinds, such as {{{names!r}}}, not one string")
    choices = ", ".join(kind for kind in Kind if kind not in CONTENT_KINDS)
    try:
        return frozenset(Kind(name) for name in names)
    except ValueError as error:
        raise ConfigError(f"{error}; the kinds of boilerplate are: {choices}") from None
