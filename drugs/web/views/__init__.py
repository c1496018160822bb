"""Views of readers' pages, one module a kind of page; `drugs/urls.py` names their addresses."""
