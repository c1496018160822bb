"""A request's own facts: client address, form tokens, request log, security headers. No tables."""
