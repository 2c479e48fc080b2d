# run: dash
# run: none
# run: options
# run: asyncio
# run: nested
# run: failing
# run: restart one 'two three'
"""Python on standard input, as other code starts sys.executable; and a program that replaces itself."""

import asyncio
import os
import subprocess
import sys

CODE = "import sys\nprint(__name__, sys.argv, [name for name in globals() if not name.startswith('__')])\n"


def start(*arguments, code=CODE):
    ran = subprocess.run([sys.executable, *arguments], input=code, capture_output=True, text=True)
    print(ran.returncode, ran.stdout, ran.stderr)


async def start_asynchronously():
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(sys.executable, stdin=pipe, stdout=pipe)
    print((await child.communicate(CODE.encode()))[0].decode(), child.returncode)


match sys.argv[1]:
    case "dash":
        start("-", "argument", "-x")
    case "none":
        start()
    case "options":
        start("-X", "utf8", "-W", "error", code="import sys\nprint(sys.flags.utf8_mode, sys.warnoptions)\n")
    case "asyncio":
        asyncio.run(start_asynchronously())
    case "nested":
        start("-", code=f"import subprocess, sys\nsubprocess.run([sys.executable], input={CODE!r}, text=True, check=True)\n")
    case "failing":
        start("-", code="def f():\n    1/0\n\nf()\n")
        start("-", code="not python\n")
        start("-", code="raise SystemExit(5)\n")
    case "restart":
        sys.argv[1] = "again"
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.argv])
    case "again":
        print(__name__, sys.argv[1:])
