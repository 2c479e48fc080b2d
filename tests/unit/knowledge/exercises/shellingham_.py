"""shellingham: the module for this system."""

import contextlib

import shellingham

with contextlib.suppress(shellingham.ShellDetectionFailure):
    shellingham.detect_shell()
