"""Readers' pages: find, decide, render."""
