"""The page format: Markdown with front matter, read and written."""
