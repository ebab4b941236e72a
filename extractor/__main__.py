"""``python -m extractor``: the command ``evmir`` where the command itself is not on the path."""

from extractor.cli import main

if __name__ == "__main__":  # worker processes import this module under another name
    main()
