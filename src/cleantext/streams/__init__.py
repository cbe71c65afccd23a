"""Runs over shards of records: read, cleaned by one process or several, written whole, and told about."""

from __future__ import annotations

from cleantext.streams.command import record_options, run_records, wants_records

__all__ = ["record_options", "run_records", "wants_records"]
