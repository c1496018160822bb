"""What can be wrong with an installation, for manage.py check."""
