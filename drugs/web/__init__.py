"""Readers' pages: views that find, decide and render, and what stands around them."""
