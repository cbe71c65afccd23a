"""Runs over shards of records: read, cleaned by one process or several, written whole, and told about."""
