"""Views of readers' pages, one module a kind of page."""
