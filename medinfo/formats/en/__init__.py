"""English, wherever it is spoken: no country's order of day and month."""
