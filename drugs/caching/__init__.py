"""Caching: the page cache, its backends in memory and Redis, and stale pages. No tables."""
