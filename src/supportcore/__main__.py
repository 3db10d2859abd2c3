"""`python -m supportcore` runs the command line."""

import sys

from supportcore.cli import main

if __name__ == "__main__":
    sys.exit(main())
