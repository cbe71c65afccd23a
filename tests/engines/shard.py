"""The shard that every engine cleans, and what must come out: the text of ``Cleaner()``, byte for byte."""

from __future__ import annotations

from pathlib import Path

from cleantext import Cleaner

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PROSE = "The council voted on Tuesday to reopen the old harbour bridge to cyclists, nine years after it was closed."
TEXTS = [
    *(path.read_text(encoding="utf-8") for path in SEEDS),
    "",
    " \n\n",
    "Share this article\nAdvertisement",
    f"Skip to main content\r\n\r\n{PROSE}\r\n\r\nShare this article\r\n",
    f"Share this article\n\n{PROSE} 👩\u200d👩\u200d👧 𝔄\n\nAdvertisement",  # more bytes and UTF-16 units than code points
    PROSE,
]
"""Real pages, and what they do not have: nothing at all, only chrome, other line breaks, characters beyond the first plane."""
CLEANED = [Cleaner()(text) for text in TEXTS]
"""What every engine must give."""
ROWS = [{"id": number, "text": text, "url": f"https://example.org/{number}"} for number, text in enumerate(TEXTS)]
"""The texts with columns that must stay as they are."""
