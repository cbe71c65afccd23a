"""The one home of the Hypothesis strategies."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from prose import ARTICLES, CHROME, CLOSERS

BREAKS = ("\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""Everything that ``str.splitlines`` takes for the end of a line."""

ODD = (
    "", " ", "\t", "\xa0", "\u3000", "\u200b", "\ufeff", "\x00", "\xad", "\ud800", "\udfff", "\U0010ffff",
    "İ", "ß", "ǅ", "e\u0301", "👩\u200d👩\u200d👧", "🇩🇰", "\u202eالعربية\u202c", "שלום", "你好，世界。", "ｶﾀｶﾅ", "ไทย", "မြန်မာ",
    "1,234", "②", "½", "|", "»", "…", "...", "- -", "©", "#tag", "@name",
)  # fmt: skip
"""Characters and snippets that text programs trip over."""


def any_text(max_size: int = 300) -> st.SearchStrategy[str]:
    """Any ``str`` at all: surrogates, line breaks of all kinds, scripts mixed at random."""
    snippets = st.one_of(
        st.sampled_from(BREAKS),
        st.sampled_from(ODD),
        st.sampled_from([line for lines in CHROME.values() for line in lines] + [*CLOSERS]),
        st.sampled_from([paragraph for paragraphs in ARTICLES.values() for paragraph in paragraphs]),
        st.text(st.characters(), max_size=12),
    )
    return st.one_of(st.text(st.characters(), max_size=max_size), st.lists(snippets, max_size=25).map("".join))


@dataclass(frozen=True)
class Planted:
    """An article with chrome put between its paragraphs."""

    language: str
    """The language of the prose."""
    blocks: tuple[tuple[str, bool], ...]
    """Each line, and whether it is prose."""
    gap: str
    """What stands between two lines."""

    @property
    def text(self) -> str:
        """The page."""
        return self.gap.join(line for line, _ in self.blocks)

    @property
    def prose(self) -> list[str]:
        """The lines that must survive."""
        return [line for line, is_prose in self.blocks if is_prose]


@st.composite
def planted(draw: st.DrawFn) -> Planted:
    """An article in one language with up to six lines of chrome around and between its paragraphs.

    At most one of them closes a teaser, because what stands between two such lines is a story of its own.
    """
    language = draw(st.sampled_from(sorted(ARTICLES)))
    blocks = [(paragraph, True) for paragraph in draw(st.permutations(ARTICLES[language]))]
    labels = draw(st.lists(st.sampled_from([*CHROME[language], *CHROME["en"]]), min_size=1, max_size=5, unique=True))
    labels += draw(st.lists(st.sampled_from(CLOSERS), max_size=1))
    for label in labels:
        blocks.insert(draw(st.integers(0, len(blocks))), (label, False))
    return Planted(language, tuple(blocks), draw(st.sampled_from(["\n\n", "\n"])))


def pages() -> st.SearchStrategy[str]:
    """Pages as people meet them: prose with chrome, and sometimes something odd between the lines."""
    odd = st.lists(st.sampled_from([*ODD, *CLOSERS]), max_size=3)
    return st.builds(lambda page, extra: page.gap.join([page.text, *extra]), planted(), odd)
