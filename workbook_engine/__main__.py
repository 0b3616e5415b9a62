"""`python -m workbook_engine` is the command."""

import sys

from workbook_engine.cli import main

if __name__ == "__main__":
    sys.exit(main())
