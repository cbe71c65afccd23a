"""HTML pages: extracted by trafilatura, then cleaned; never None."""

from __future__ import annotations

import json

import pytest

from cleantext import Document, annotate, annotate_html, clean_html
from cleantext.html import extract

FIRST = "Der Bürgermeister eröffnete am Dienstag die alte Brücke, die neun Jahre lang für Fußgänger gesperrt gewesen war."
SECOND = (
    "Die Ingenieure fanden unter dem Pflaster größere Hölzer, von denen niemand gewusst hatte, und die Arbeit dauerte länger."
)
PAGE = f"""<!DOCTYPE html>
<html lang="de"><head><meta charset="{{charset}}"><title>Die Brücke</title></head>
<body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Die Brücke ist wieder offen</h1><p>{FIRST}</p><p>{SECOND}</p><p>Artikel teilen</p></article>
<footer><p>Impressum</p></footer>
</body></html>"""


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(PAGE.format(charset="utf-8"), id="str"),
        pytest.param(PAGE.format(charset="utf-8").encode(), id="utf-8"),
        pytest.param(PAGE.format(charset="iso-8859-1").encode("latin-1"), id="latin-1"),
        pytest.param(PAGE.format(charset="windows-1252").encode("cp1252"), id="windows-1252"),
    ],
)
def test_the_article_is_left(html: str | bytes) -> None:
    document = annotate_html(html, "https://example.org/bruecke")
    assert isinstance(document, Document)
    assert FIRST in document.content
    assert SECOND in document.content
    assert "teilen" not in document.content
    assert "Impressum" not in document.content
    assert "Artikel teilen" in document.text, "what trafilatura leaves in is in the account"
    assert clean_html(html) == annotate_html(html).content


@pytest.mark.parametrize(
    "html", ["", b"", " \n", "<html></html>", b"<html><body></body></html>", "no markup", b"\xff\xfe\x00", "\x00"]
)
def test_a_page_without_an_article_is_an_empty_document_never_none(html: str | bytes) -> None:
    assert isinstance(extract(html), str)
    assert isinstance(annotate_html(html), Document)
    assert isinstance(clean_html(html), str)


def test_an_empty_page_is_empty() -> None:
    document = annotate_html("")
    assert document.text == document.content == ""
    assert document.decisions == ()


@pytest.mark.parametrize("html", [None, 3, ["<p>"], bytearray(b"<p>x</p>")])
def test_html_must_be_text_or_bytes(html: object) -> None:
    with pytest.raises(TypeError, match="html must be str or bytes, not"):
        annotate_html(html)  # type: ignore[arg-type]


def test_the_account_holds_the_text_that_its_offsets_are_of() -> None:
    account = json.loads(json.dumps(annotate_html(PAGE.format(charset="utf-8")).to_dict()))
    kept = [account["text"][line["start"] : line["end"]] for line in account["lines"] if line["label"] == "content"]
    assert "".join(kept) == clean_html(PAGE.format(charset="utf-8"))
    assert "text" not in annotate(account["text"]).to_dict(), "who gives plain text has it already"


def test_settings_hold_for_html_too() -> None:
    assert "Artikel teilen" in clean_html(PAGE.format(charset="utf-8"), keep={"share"})
