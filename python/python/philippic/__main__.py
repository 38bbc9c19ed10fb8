"""The command line, as ``philippic`` or ``python -m philippic``: the same program as the Rust one."""

from __future__ import annotations

import signal
import sys

from ._philippic import run


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    # Python would only take note of Ctrl-C, and act on it when the native code has returned.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run(["philippic", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
