"""The command line: one file a command. Each parses, makes one call, shows the result and says what to do next."""

from pipeline.cli.group import main

__all__ = ["main"]
