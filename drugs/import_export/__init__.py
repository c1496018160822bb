"""Bulk import and export: pages and lists of names in and out, and the queue of background imports."""
