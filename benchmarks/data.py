"""The development data: pages, what extractors make of them, folds by web domain.

The data is WCXB, the Web Content eXtraction Benchmark (Murrough Foley, 2026, CC-BY-4.0), or any file of its form: one JSON object
a line with ``id``, ``url``, ``page_type``, ``html``, ``main_content``, ``with``, ``without``; plain or compressed by its name.
It is not part of the project. What the extractors make of the HTML is kept in a cache file, because it takes minutes.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from string import ascii_letters
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rich.progress import track

from cleantext.characters import code_points, fold_points
from cleantext.language import detect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDS = 5
_OPENERS: dict[str, Any] = {".xz": lzma.open, ".gz": gzip.open, ".bz2": bz2.open}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the data."""

    id: str
    url: str
    page_type: str
    gold: str
    """The main content, plain text."""
    wanted: tuple[str, ...]
    """Snippets that a right extraction holds."""
    unwanted: tuple[str, ...]
    """Snippets that it must not hold."""
    inputs: dict[str, str]
    """What each extractor makes of the HTML, by its name in :data:`INPUTS`; and the gold itself as ``main_content``."""

    @property
    def fold(self) -> int:
        """The page's fold, the same for all pages of a registered domain (nearly: its last two or three labels)."""
        host = urlsplit(self.url).hostname or self.id
        labels = host.split(".")
        short_suffix = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
        domain = ".".join(labels[-3:] if short_suffix else labels[-2:])
        return int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS

    @property
    def language(self) -> str:
        """The tag of the main content's language, "other" when no language file of the package covers it."""
        points = code_points(self.gold)
        return detect(fold_points(points).split(), points) or "other"


def _html_text(html: str) -> str:
    import html_text

    return html_text.extract_text(html)


def _resiliparse(html: str, *, main_content: bool) -> str:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return extract_plain_text(HTMLTree.parse(html), main_content=main_content)


def _trafilatura(html: str) -> str:
    from trafilatura import extract

    return extract(html, include_comments=False) or ""


def _readability(html: str) -> str:
    from readability import Document

    return _html_text(Document(html).summary())


def _justext(html: str) -> str:
    import justext

    paragraphs = justext.justext(html.encode(), justext.get_stoplist("English"), encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


INPUTS: dict[str, Callable[[str], str]] = {
    "all-text": _html_text,
    "wet": lambda html: _resiliparse(html, main_content=False),
    "trafilatura": _trafilatura,
    "resiliparse": lambda html: _resiliparse(html, main_content=True),
    "readability": _readability,
    "justext": _justext,
}
"""Inputs for the cleaner, made from each page's HTML."""


def _extract(line: str) -> str:
    record = json.loads(line)
    html = record.pop("html")
    record["inputs"] = {"main_content": record["main_content"]}
    for name, extract in INPUTS.items():
        try:
            record["inputs"][name] = extract(html) or ""
        except Exception as error:  # noqa: BLE001 - an extractor's fault on a page is an empty output, as a user would get it
            record["inputs"][name] = ""
            record.setdefault("faults", {})[name] = repr(error)
    return json.dumps(record, ensure_ascii=False)


def load_pages(path: Path, cache: Path) -> list[Page]:
    """Load the data with the extractors' outputs, from the cache if it is there; fill it otherwise (minutes)."""
    if not cache.exists():
        with _OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8") as file:
            lines = list(file)
        cache.parent.mkdir(parents=True, exist_ok=True)
        unfinished = cache.with_suffix(".part")
        with ProcessPoolExecutor() as pool, unfinished.open("w", encoding="utf-8") as out:
            made = pool.map(_extract, lines, chunksize=8)
            out.writelines(line + "\n" for line in track(made, "extracting", len(lines)))
        unfinished.replace(cache)
    with cache.open(encoding="utf-8") as file:
        return [_page(json.loads(line)) for line in file]


def _page(record: dict[str, Any]) -> Page:
    return Page(
        str(record["id"]), record["url"] or "", record["page_type"], record["main_content"],
        tuple(record["with"] or ()), tuple(record["without"] or ()), record["inputs"],
    )  # fmt: skip


DISGUISES = {
    "armenian": str.maketrans(ascii_letters, "".join(chr(first + number) for first in (0x561, 0x531) for number in range(26))),
    "georgian": str.maketrans(ascii_letters, 2 * "".join(chr(0x10D0 + number) for number in range(26))),
}
"""Letters of languages that no file of the package covers, with capitals and without."""


def in_disguise(page: Page, letters: str) -> Page:
    """The page in other letters, one of :data:`DISGUISES`: what is left of it for those who know none of its words."""
    table = DISGUISES[letters]
    return replace(
        page,
        gold=page.gold.translate(table),
        wanted=tuple(snippet.translate(table) for snippet in page.wanted),
        unwanted=tuple(snippet.translate(table) for snippet in page.unwanted),
        inputs={name: text.translate(table) for name, text in page.inputs.items()},
    )
