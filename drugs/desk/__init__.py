"""The working copy: documents to desk rows and back, without overwriting people."""
