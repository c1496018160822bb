"""Finished pages and what stands in for them: memory, Redis, stale copies. No tables."""
