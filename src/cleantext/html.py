"""HTML to the text that the stages clean: the only module that knows trafilatura.

It is imported when it is first needed, because that takes half a second that cleaning plain text need not pay.
"""

from __future__ import annotations

__all__ = ["extract"]


def extract(html: str | bytes, url: str | None = None) -> str:
    """The main text of an HTML page, one paragraph a line.

    Args:
        html: the page; bytes are decoded as trafilatura detects.
        url: where it comes from, if known.

    Returns:
        The text; empty when trafilatura finds none.

    Raises:
        TypeError: ``html`` is neither str nor bytes.
    """
    if not isinstance(html, str | bytes):
        raise TypeError(f"html must be str or bytes, not {type(html).__name__}; read or fetch the page first")
    import trafilatura  # noqa: PLC0415 - slow to import, see above

    return trafilatura.extract(html, url=url, include_comments=False) or ""
