"""Notifications: what waits at the desk told outside of it, by mail, webhook and feed, to whoever has chosen that.

No reader's words and no text of the desk leave it: numbers, titles and addresses do. Nothing is sent within a request.
"""
