"""How are dates and times written, by language? Django looks here before its own formats."""
