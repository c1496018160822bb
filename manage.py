#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys

from django.core.management import execute_from_command_line

from medinfo.terminal_errors import friendly_errors

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinfo.settings")
    with friendly_errors():
        execute_from_command_line(sys.argv)
