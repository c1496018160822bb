"""The screen of a monograph: edit, check, publish, withdraw, merge."""
