"""Characters: their classes, and that folding never moves an offset."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import any_text

from cleantext.characters import Class, class_table, code_points, fold, fold_points, normal_key


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        ("aßéаα\u0301", Class.LOWER),
        ("عאह한", Class.LOWER),
        ("AÉАΩǅ", Class.UPPER),
        ("0٣९²½Ⅷ", Class.DIGIT),
        (" \t\n\r\x85\u2028\xa0\u3000\u200b\ufeff", Class.SPACE),
        (".!?…。！？।؟۔", Class.TERMINAL),
        (",;，、；،", Class.COMMA),
        ("\"'“”‘’()[]「」", Class.QUOTE),
        ("|/•·›»→", Class.SEPARATOR),
        ("-–—_&%:", Class.PUNCTUATION),
        ("€+=©😀", Class.SYMBOL),
        ("中あアไກမខ々", Class.UNSPACED),
        ("\x00\ud800\ue000", Class.OTHER),
    ],
)
def test_characters_are_in_their_class(characters: str, kind: Class) -> None:
    table = class_table()
    wrong = [f"U+{ord(each):04X}: {Class(table[ord(each)]).name}" for each in characters if table[ord(each)] != kind]
    assert not wrong


def test_every_letter_and_digit_is_in_a_class_of_words() -> None:
    table = class_table()
    words = {Class.LOWER, Class.UPPER, Class.DIGIT, Class.UNSPACED}
    lost = [
        f"U+{point:04X}" for point in range(0x20000) if unicodedata.category(chr(point))[0] in "LMN" and table[point] not in words
    ]
    assert not lost


@settings(max_examples=200, deadline=None)
@given(any_text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert len(code_points(text)) == len(text)
    assert fold_points(code_points(text)) == folded
    assert all(low == " " for each, low in zip(text, folded, strict=True) if each in " \n\r\t.|!")


@settings(max_examples=200, deadline=None)
@given(any_text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    key = normal_key(fold(text))
    assert normal_key(key) == key


@given(st.text(st.characters(codec="ascii", categories=["Lu", "Ll"]), min_size=1))
def test_case_does_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("» SHARE THIS: «", "share this"),
        ("1,234 Comments", "0 comments"),
        ("12.5K views", "0 0k views"),
        ("Don’t miss it!", "don't miss it"),
        ("'quoted'", "quoted"),
        ("— — —", ""),
        ("", ""),
        ("İstanbul’da", "istanbul'da"),
        ("Ｒｅａｄ\u3000ｍｏｒｅ", "ｒｅａｄ ｍｏｒｅ"),
    ],
)
def test_keys_are_what_phrases_are_compared_by(text: str, key: str) -> None:
    assert normal_key(fold(text)) == key
