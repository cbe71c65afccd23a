"""Tells an article's body from the web page's chrome around it, line by line, in plain text, and says why.

>>> import cleantext
>>> page = '''Skip to main content
...
... The council voted on Tuesday to reopen the old harbour bridge to cyclists, nine years after it was closed.
...
... Share this article
... Related articles'''
>>> print(cleantext.clean(page).strip())
The council voted on Tuesday to reopen the old harbour bridge to cyclists, nine years after it was closed.
"""

from cleantext.cleaner import Cleaner, annotate, annotate_html, clean, clean_html
from cleantext.config import Config
from cleantext.document import Document
from cleantext.errors import CleantextError
from cleantext.model import Decision, Kind, Label

__all__ = [
    "Cleaner", "CleantextError", "Config", "Decision", "Document", "Kind", "Label",
    "annotate", "annotate_html", "clean", "clean_html",
]  # fmt: skip
