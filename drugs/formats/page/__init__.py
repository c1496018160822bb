"""Page format (format 1): Markdown with YAML front matter, read and written."""
