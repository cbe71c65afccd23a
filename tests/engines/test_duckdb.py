"""DuckDB: the SQL functions, over more rows than one vector holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from needs import need
from shard import CLEANED, TEXTS

from cleantext import Cleaner, Config

duckdb = need("duckdb", extra="duckdb")
pa = need("pyarrow", extra="duckdb")

from cleantext.adapters.duckdb import register  # noqa: E402 - only where DuckDB is

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def connection() -> Iterator[Any]:
    with duckdb.connect() as connection:
        yield connection


def test_a_table_is_cleaned(connection: Any) -> None:
    times = 400  # 4,400 rows: three vectors
    pages = pa.table({"id": range(len(TEXTS) * times), "text": TEXTS * times})
    register(connection).register("pages", pages)
    rows = connection.execute("SELECT * REPLACE (clean_text(text) AS text) FROM pages ORDER BY id").fetchall()
    assert rows == list(enumerate(CLEANED * times))


def test_null_stays_null(connection: Any) -> None:
    register(connection)
    query = "SELECT clean_text(text), annotate_text(text) FROM (VALUES ('Advertisement'), (NULL)) pages(text)"
    account = {
        "text": "", "share_removed": 1.0, "suspect": True, "spans": [{"start": 0, "end": 13, "kind": "advertisement"}]
    }  # fmt: skip
    assert connection.execute(query).fetchall() == [("", account), (None, None)]
    assert connection.execute("SELECT clean_text(NULL), annotate_text(NULL)").fetchall() == [(None, None)]


def test_the_account_has_the_fields_that_are_promised(connection: Any) -> None:
    register(connection).register("pages", pa.table({"text": TEXTS}))
    rows = connection.execute("SELECT unnest(annotate_text(text)) FROM pages").fetchall()
    pages = list(Cleaner().annotate_many(TEXTS))
    assert [row[:3] for row in rows] == [(page.content, page.removed_share, page.suspect) for page in pages]
    assert [[tuple(span.values()) for span in row[3]] for row in rows] == [
        [(span.start, span.end, kind) for span, kind in page.removed] for page in pages
    ]


def test_settings_count(connection: Any) -> None:
    register(connection, Cleaner(Config(keep={"advertisement"})))
    assert connection.execute("SELECT clean_text('Advertisement')").fetchall() == [("Advertisement",)]
