"""NeMo Curator: a modifier, which its ``Modify`` stage calls with one text after the other.

``Modify`` takes a ``DocumentModifier`` or any callable with a name. This is such a callable, so that nothing of the engine has to
be imported. The engine needs PyTorch for CUDA and is in none of our extras; the tests do what its version 1.4 does to
a callable (take its ``__name__``, send it to workers, apply it to a pandas column), without the engine.
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
