"""What several test modules share."""

from __future__ import annotations

import pytest

from cleantext import lexicon


@pytest.fixture(scope="session")
def languages() -> list[str]:
    """The tags of the languages that a phrase file covers."""
    return [tag for tag in lexicon.languages() if tag != "und"]
