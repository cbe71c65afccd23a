"""Evidence from the shape of a line: what bylines, dates, credits, breadcrumbs and the like look like in any language.

Each rule is one pure function of a line, its folded words, and what is known of the page's language (the names of months,
the word for "by": :class:`Known`). A rule is asked only about lines that pass its gate (see ``rules/__init__.py``).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from cleantext.characters import fold, normal_key
from cleantext.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleantext.lookup import PhraseTables

__all__ = [
    "Known", "address", "breadcrumb", "byline", "copyright_line", "counter", "credit", "date", "dateline", "handle", "hashtags",
    "label", "link", "link_list", "menu", "pages", "tags", "teaser",
]  # fmt: skip


class Known(NamedTuple):
    """What the rules know of a page's language; every word folded."""

    months: frozenset[str]
    """Names of months and days."""
    stopwords: frozenset[str]
    """Function words."""
    by: frozenset[str]
    """Words that introduce an author."""
    labels: Mapping[str, Kind]
    """What betrays the kind of a line when a colon stands behind it."""
    label_starts: frozenset[str]
    """The first words of these."""
    tables: PhraseTables
    """The phrases."""

    @classmethod
    def of(cls, tables: PhraseTables) -> Known:
        """What the phrase tables of a page's language know.

        >>> from cleantext.lookup import tables
        >>> "march" in Known.of(tables("en")).months
        True
        """
        return cls(tables.months, tables.stopwords, tables.by, tables.labels, tables.label_starts, tables)


_NAME = r"\p{Lu}[\p{L}\p{M}.'’-]*"
_AUTHORS = regex.compile(rf"{_NAME}(?:,?\s+(?:{_NAME}|&|\p{{Ll}}{{1,3}}))*(?:\s*[,|·–—/-].*)?")
_SLASHED = regex.compile(
    rf"(?:(?<!,\s)\b({_NAME}\s+{_NAME})|\(({_NAME}(?:\s{_NAME}){{0,2}})|/\s?{_NAME}(?:\s{_NAME})?)"
    rf"\s?/\s?({_NAME}(?:\s{_NAME}){{0,4}})\)?\.?$"
)  # behind a comma stands the last of a list
_PATH = regex.compile(rf"{_NAME}(?:\s/\s{_NAME}){{2,}}")  # three words or more are the sections of a site
_CREDIT_START = regex.compile(r"[.!?”)]\s|[(\[|。（【©]|\s[/–—]\s")
_LABEL = regex.compile(r"[^\w\n]{0,3}((?:\w[^\n:：／|]{0,38}?)?\w)\s?[:：／]")
_DASHED = regex.compile(r"\s*[|•·∙]\s*|\s+[–—/-]\s+")
_COMMA = regex.compile(r",\s(?=\d)")
_FIGURES = regex.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[:h]\d\d")
_NAME_WORDS = 6
_CREDIT_LETTERS = 90
_CREDIT_WORDS = 24
_NO_DATE = regex.compile(r"^\s*\||[(\p{Sc}%]")  # a row of a table; a version and its date; a price; a share
_DATE_WORDS = 3
_DATE_DIGITS = (1, 2, 4, 6, 8)  # of a day, a month, a year, or all of them
_DATE_MOST = 10
_HANDLE = regex.compile(r"(?<!\w)\(?@[\w.]{2,30}\)?$")
_LINK = regex.compile(r"(?:https?://|www\.)\S+", regex.IGNORECASE)
_ADDRESS = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@[\w.]{2,30}")
_CRUMB = regex.compile(r"\s*[>›→]+\s*|\s+[»/]\s+")
_CODE = regex.compile(r"[=;{}()]|--")
_BAR = regex.compile(r"\s*[|•·‣▪]\s*")
_COPYRIGHT = regex.compile(r"(?:©|\(c\)(?=\s*(?-i:\d{4}|\p{Lu}))|copyright)(?:\s|\b).{0,200}", regex.IGNORECASE)
_COUNTER = regex.compile(r"[(\[+#~]*(?:\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]\d+)?\s*(?:[kKmMbB万億만천]|тыс|млн|mil|mln)?[+%)\]]*")
_YEAR = regex.compile(r"(?:1\d|20)\d\d")
_PAGES = regex.compile(r"\W*(\d{1,4})(?:(?:[\s|…·\[\]()-]|\.{2,3}|, )+(?1)){2,}\W*")
_UNSPACED_DATE = regex.compile(r"[\d\s年月日时時分秒년월일시분초:./()（）週周曜一二三四五六天火水木金土오전후上下午前]+")
# What stands in dates and times beside numbers and names of months: halves of the day, zones, "o'clock", joining words.
_CLOCK = (
    "am pm a p m h hrs uhr utc gmt est edt ist cst cdt mst mdt pst pdt bst cet cest et pt jst kst msk sast aest aedt wib "
    "th st nd rd o clock at of the on ч г года год р року мин godz kl klo ore lúc giờ pukul น"
)
_CLOCK_WORDS = frozenset(_CLOCK.split())


def label(line: str, known: Known) -> Kind | None:
    """The kind that the label at a line's start betrays, before a colon as in "Photo: Ann Lee".

    >>> from cleantext.lookup import tables
    >>> label("[Photo: Ann Lee]", Known.of(tables("en")))
    <Kind.CAPTION: 'caption'>
    """
    head = _LABEL.match(line)
    return known.labels.get(_label_key(head[1])) if head else None


@lru_cache(maxsize=4096)  # the same few labels stand on most pages, and several rules ask about each
def _label_key(head: str) -> str:
    return normal_key(fold(head))


def tags(line: str, words: Sequence[str], known: Known) -> bool:
    """A label for tags and what follows it.

    >>> from cleantext.lookup import tables
    >>> tags("Topics: rivers, Rome", ["topics"], Known.of(tables("en")))
    True
    """
    return label(line, known) is Kind.TAGS


def teaser(line: str, words: Sequence[str], known: Known) -> bool:
    """A label for another story and its headline.

    >>> from cleantext.lookup import tables
    >>> teaser("READ ALSO: Ferry stranded overnight", ["read"], Known.of(tables("en")))
    True
    """
    return label(line, known) is Kind.TEASER


def menu(line: str, words: Sequence[str], known: Known) -> bool:
    """A label of the site's ways and where it leads.

    >>> from cleantext.lookup import tables
    >>> menu("Jump to: Acoustic guitars", ["jump"], Known.of(tables("en")))
    True
    """
    return label(line, known) is Kind.NAVIGATION


def byline(line: str, words: Sequence[str], known: Known) -> bool:
    """A line that names its author.

    >>> from cleantext.lookup import tables
    >>> known = Known.of(tables("en"))
    >>> byline("By Jane Q. Doe and John Roe, Staff Writers", ["by"], known), byline("Written by: J. Doe", ["written"], known)
    (True, True)
    >>> byline("By Monday the river had risen again", ["by"], known)
    False
    """
    if words[0] in known.label_starts and label(line, known) is Kind.BYLINE:
        return True
    return words[0] in known.by and _AUTHORS.fullmatch(line.partition(" ")[2].lstrip(": ")) is not None


def dateline(line: str, words: Sequence[str], known: Known) -> bool:
    """A date beside a name, a place or a reading time.

    >>> from cleantext.lookup import tables
    >>> known = Known.of(tables("en"))
    >>> dateline("Ann Lee | 3 March 2020 | 4 min", ["march"], known), dateline("Rome - 3 March 2020", ["march"], known)
    (True, True)
    >>> dateline("3.3.2020 / Ann Lee", ["0", "0", "0000", "ann"], known)
    True
    >>> dateline("Ann Lee · March 3, 2020 · In Opinion", ["march"], known)
    True
    >>> dateline("Today 9:15 | Author: Ann Lee", ["today"], known)
    True
    >>> dateline("The war of 1812 - a short history", ["the", "war"], known)
    False
    >>> dateline("| 1/2/2013 | +13.1% |", ["0", "0", "0000", "00", "0"], known)
    False
    """
    if (known.months.isdisjoint(words) and not _FIGURES.search(line)) or _NO_DATE.search(line):
        return False
    dashed = _DASHED.split(line)
    parts = [part for each in dashed for part in _COMMA.split(each)]  # a date may stand behind a comma, or have one in it
    if not 2 <= len(parts) <= 6 or any(len(part.split()) > _NAME_WORDS or part.strip().isdigit() for part in dashed):
        return False
    dated = any(_is_date(fold(part).split(), known) for part in (*dashed, *parts))
    return dated or any(label(part, known) is Kind.BYLINE for part in dashed[1:])


def date(line: str, words: Sequence[str], known: Known) -> bool:
    """A line that is a date, a time, or both.

    >>> from cleantext.lookup import tables
    >>> known = Known.of(tables("en"))
    >>> date("Tuesday, 3 March 2020 at 14:05 GMT", fold("Tuesday, 3 March 2020 at 14:05 GMT").split(), known)
    True
    >>> date("3 March was a cold day", fold("3 March was a cold day").split(), known), date("£34.99", ["00", "00"], known)
    (False, False)
    """
    if len(words) > _DATE_MOST or _NO_DATE.search(line) or (line.endswith(".") and len(words) > _DATE_WORDS):
        return False
    if not line.isascii() and _UNSPACED_DATE.fullmatch(line):
        return True
    return (_FIGURES.search(line) is not None or not known.months.isdisjoint(words)) and _is_date(words, known)


def _is_date(words: Sequence[str], known: Known) -> bool:
    """Whether folded words are names of months and days, numbers of their lengths, and what stands beside these in dates."""
    dated = 0
    for word in words:
        if word in known.months or (not word.strip("0") and len(word) in _DATE_DIGITS):
            dated += 1
        elif word.strip("0") not in _CLOCK_WORDS and word not in known.stopwords:
            return False
    return dated >= 2


def credit(line: str, words: Sequence[str], known: Known) -> bool:
    """A caption or photo credit: names joined by slashes at the end, or a last part that begins as credits do.

    >>> from cleantext.lookup import tables
    >>> known = Known.of(tables("en"))
    >>> credit("Firefighters at the harbour. Ann Lee/Reuters", ["firefighters"], known)
    True
    >>> credit("He said yes/no questions do not help.", ["he"], known)
    False
    >>> credit("Best of all: Under Way Sonic 7 (Men's/Women's)", ["best"], known)
    False
    """
    if "/" in line and _names_its_source(line) and not _PATH.fullmatch(line):
        return True
    if words[0] in known.label_starts and len(words) <= _CREDIT_WORDS and label(line, known) is Kind.CAPTION:
        return True
    if known.tables.caption_starts.isdisjoint(words):
        return False
    for start in _CREDIT_START.finditer(line, max(1, len(line) - _CREDIT_LETTERS)):
        last = line[start.end() :].lstrip()
        if not len(last) >= 4 or last.isdigit():
            continue
        if label(last, known) is Kind.CAPTION:
            return True
        key = " ".join(fold(last).split())
        phrase = known.tables.edge(key, "") if key.split(" ", 1)[0] in known.tables.caption_starts else None
        if phrase is not None and phrase.kind is Kind.CAPTION:
            return True
    return False


def _names_its_source(line: str) -> bool:
    """Whether a line ends in a name and, behind a slash, whom it works for: "(Ann Lee/Reuters)", not "(Men/Women)"."""
    found = _SLASHED.search(line)
    if found is None:
        return False
    name, bracketed, source = found.groups()
    if bracketed and not (" " in bracketed + source or bracketed.isupper() or source.isupper()):
        return False
    return set((name or bracketed or "").split()).isdisjoint(source.split())  # "Shop UK / Shop US" are two of a kind


def handle(line: str, words: Sequence[str], known: Known) -> bool:
    """A line that ends in an account's name, as captions and embedded posts do.

    >>> handle("Marchers on the bridge via Mastodon (@ann)", [], None), handle("Write to me, said Ann.", [], None)
    (True, False)
    """
    return "@" in line and _HANDLE.search(line) is not None


def address(line: str, words: Sequence[str], known: Known) -> bool:
    """A line that is one e-mail address or account name: an author's, most often.

    >>> address("ann.lee@example.org", [], None), address("Write to ann.lee@example.org today.", [], None)
    (True, False)
    """
    return _ADDRESS.fullmatch(line) is not None


def link(line: str, words: Sequence[str], known: Known) -> bool:
    """A line that is one URL.

    >>> link("https://example.org/a?b=c", [], None), link("See https://example.org/a for more.", [], None)
    (True, False)
    """
    return _LINK.fullmatch(line) is not None


def breadcrumb(line: str, words: Sequence[str], known: Known) -> bool:
    """The path to the page through the site.

    >>> breadcrumb("Home › News › Europe", [], None), breadcrumb("He chose 1 / 2 of the cake.", [], None)
    (True, False)
    >>> breadcrumb("Home / News", [], None), breadcrumb("Sleeping bag / quilt", [], None), breadcrumb("4.9 / 5", [], None)
    (True, False, False)
    """
    items = _CRUMB.split(line)
    if not all(item[:1].isalnum() for item in items) or _CODE.search(line):
        return False
    if len(items) == 2 and " / " in line and (items[1][:1].islower() or items[1][:1].isdigit()):
        return False  # one thing or another, one figure of another
    return len(items) > 1 and all(0 < len(item) <= 40 for item in items[:-1]) and not line.endswith((".", "!", "?"))


def link_list(line: str, words: Sequence[str], known: Known) -> bool:
    """Three short items or more with bars or dots between them, most of them without a number: figures make a row of a table.

    >>> link_list("About | Contact | Press | Jobs", [], None), link_list("3 persons | 2 kW | 230 g a day", [], None)
    (True, False)
    """
    items = _BAR.split(line)
    fits = len(items) > 2 and all(0 < len(item) <= 40 and not item.isdigit() for item in items)
    return fits and 2 * sum(any(map(str.isdigit, item)) for item in items) <= len(items)


def copyright_line(line: str, words: Sequence[str], known: Known) -> bool:
    """A copyright notice.

    >>> copyright_line("© 2024 Example Media Ltd", [], None), copyright_line("Copyright law protects authors.", [], None)
    (True, False)
    """
    return _COPYRIGHT.fullmatch(line) is not None and ("©" in line or any(map(str.isdigit, line)))


def counter(line: str, words: Sequence[str], known: Known) -> bool:
    """A number alone: counts of shares, comments, views; not a year, which heads a part of a history.

    >>> counter("1.2K", [], None), counter("42 is the answer", [], None), counter("1784", [], None)
    (True, False, False)
    """
    return _COUNTER.fullmatch(line) is not None and _YEAR.fullmatch(line) is None


def pages(line: str, words: Sequence[str], known: Known) -> bool:
    """Page numbers in a row: they count up by one, with gaps in the middle at most.

    >>> pages("1 2 3 … 12", [], None), pages("1999 20 12 7", [], None)
    (True, False)
    """
    found = _PAGES.fullmatch(line)
    if found is None:
        return False
    numbers = map(int, found.captures(1))
    steps = [after - before for before, after in pairwise(numbers)]
    return min(steps) > 0 and 1 in steps


def hashtags(line: str, words: Sequence[str], known: Known) -> bool:
    """Hash tags and nothing else.

    >>> hashtags("#budget #senate", [], None), hashtags("# Heading", [], None)
    (True, False)
    """
    return all(len(word) > 1 and word.startswith("#") for word in line.split())
