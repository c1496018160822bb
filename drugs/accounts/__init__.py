"""Accounts of the desk: login, sessions and their time-outs, rate limit of passwords, second factor, roles."""
