"""The command line. Imports everything, imported by nothing."""

from extractor.cli.app import app, main

__all__ = ["app", "main"]
