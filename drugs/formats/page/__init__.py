"""Page format (formats 1 and 2): Markdown with YAML front matter, read and written."""
