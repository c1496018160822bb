"""How does a reader find a page? By a name, however it is spelt (names), or by words in it (words)."""
