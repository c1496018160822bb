"""What one monograph says, as values and text: documents, vocabulary, names, Markdown. No database."""
