"""evmir: donor-miRNA-recipient-target relations from text about extracellular vesicles."""

__version__ = "0.1.0"
