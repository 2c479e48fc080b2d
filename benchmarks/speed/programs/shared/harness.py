"""Repeat a program's work in one process and time each repeat.

    PROGRAM [REPEATS [TIMES]]

`work` does the same each time and returns a check value; the last line of stdout is that value, so that runners can be compared.  The
seconds of each repeat go to the file TIMES as JSON: processor time and wall time.  Start-up is not in them.
"""

import gc
import json
import sys
import time


def main(work):
    """Run the command line for `work`.  Exits with 1 when two repeats do not agree."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    cpu, wall, checks = [], [], []
    for _ in range(repeats):
        gc.collect()
        wall_start = time.perf_counter()
        cpu_start = time.process_time()
        check = work()
        cpu.append(time.process_time() - cpu_start)
        wall.append(time.perf_counter() - wall_start)
        checks.append(repr(check))
    if len(set(checks)) > 1:
        sys.exit("the repeats do not agree: " + ", ".join(sorted(set(checks))))
    print(checks[0])
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as stream:
            json.dump({"cpu": cpu, "wall": wall}, stream)
