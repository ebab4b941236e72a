"""The curated table's tests share rows and records made by hand: ``table_helpers``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # --import-mode=importlib puts no test folder on the path
