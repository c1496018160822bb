"""Freezing the desk into editions, making one current, withdrawing, merging."""
