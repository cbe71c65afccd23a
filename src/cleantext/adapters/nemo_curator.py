"""NeMo Curator: a modifier, which its ``Modify`` stage calls with one text after the other.

``Modify`` takes a ``DocumentModifier`` or any callable with a name. This is such a callable, so that nothing of the engine has to
be imported. The engine needs PyTorch for CUDA and is in none of our extras. Its stage, of version 1.4, was run with this class
without it; a whole pipeline was not. The tests do what the stage does, and run the stage itself where there is one.
"""

from __future__ import annotations

from typing import Any

from cleantext.cleaner import Cleaner

__all__ = ["CleanText"]


class CleanText:
    """Cleans a text: ``Modify(CleanText(), input_fields="text")``.

    Args:
        cleaner: how to clean; with the default settings if left out.

    >>> CleanText()("Advertisement")
    ''
    """

    def __init__(self, cleaner: Cleaner | None = None) -> None:
        self.cleaner = cleaner or Cleaner()
        self.__name__ = "cleantext"

    def __call__(self, text: Any) -> Any:
        """The cleaned text; a missing value, which pandas may write as NaN, comes back as it is."""
        return self.cleaner(text) if isinstance(text, str) else text
