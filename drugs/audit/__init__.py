"""Rows that are only ever added: database triggers and the log of acts."""
