"""What the scan finds in command lines that start the program's own Python."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pybuild.worker import flags
from pybuild.worker.scan import scan_source


def records(source: str) -> list[list]:
    return [record for record in scan_source(dedent(source).encode(), "m.py")["imports"] if record[1] & flags.COMMAND]


def names(source: str) -> list[str]:
    """What is started, and for `-m` that it is: "-m json.tool", "tabnanny"."""
    return [("-m " if record[1] & flags.RUN else "") + record[3] for record in records(source)]


@pytest.mark.parametrize(
    "command",
    [
        'run([sys.executable, "-m", "a.b"])',
        'run((sys.executable, "-m", "a.b", "--option", x))',
        'run([sys.executable, "-u", "-I", "-m", "a.b"])',
        'run([sys.executable, "-W", "ignore", "-X", "dev", "-m", "a.b"])',
        'run([sys.executable, "-Wignore", "-Xdev", "-ma.b"])',
        'run([sys.executable, "-Im", "a.b"])',
        'run([sys.executable, "--check-hash-based-pycs", "never", "-m", "a.b"])',
        'run([*[sys.executable], "-m", "a.b"])',
        'run([sys.executable, *flags(), "-m", "a.b"])',
        'run([sys.executable] + options + ["-m", "a.b"])',
        'run([str(sys.executable), "-m", "a.b"])',
        'run([sys.executable or "python3", "-m", "a.b"])',
        'run(["env", "A=1", sys.executable, "-m", "a.b"])',
        'await create_subprocess_exec(sys.executable, "-m", "a.b")',
        'os.execl(sys.executable, sys.executable, "-m", "a.b", x)',
        'os.execv(sys.executable, [sys.executable, "-m", "a.b"])',
        'os.system(f"{sys.executable} -m a.b {x}")',
        "os.system(f'\"{sys.executable}\" -u -m a.b > {x}')",
        'os.system("%s -m a.b %d" % (sys.executable, x))',
        'os.system("%s -m a.b" % sys.executable)',
        'os.system(sys.executable + " -m a.b")',
        'os.system(shlex.quote(sys.executable) + " -m a.b " + x)',
        'from sys import executable as python\nrun([python, "-m", "a.b"])',
        'PYTHON = sys.executable\nrun([PYTHON, "-m", "a.b"])',
        'class C:\n    def f(self):\n        self.python: str = sys.executable\n        run([self.python, "-m", "a.b"])',
        'BASE = [sys.executable, "-u"]\nrun(BASE + ["-m", "a.b"])',
        'BASE = [sys.executable, "-u"]\nrun([*BASE, "-m", "a.b"])',
        'command = [sys.executable]\ncommand += ["-m", "a.b"]',
        'command = [sys.executable]\ncommand.extend(["-m", "a.b"])',
        'command = [sys.executable]\ncommand.append("-m")\ncommand.append("a.b")',
        'NAME = "a.b"\nrun([sys.executable, "-m", NAME])',
    ],
)
def test_a_module_behind_m_is_run(command: str) -> None:
    assert names(f"async def main():\n{_indent(command)}") == ["-m a.b"]


def _indent(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "command",
    [
        'run(["git", "commit", "-m", "test"]); sys.executable',
        'run([sys.executable, "script.py", "-m", "test"])',
        'run([sys.executable, "-m", name])',
        'run([sys.executable, "-m", "no module"])',
        'run([sys.executable, "-m"])',
        'run([sys.executable, "-c", "import ("])',
        'run([sys.executable, "-c", "import x" + y])',
        'run([sys.executable, "-", "-m", "a"])',
        'os.system(f"{sys.executable} \'-m a")',
        'PYTHON = sys.executable\nPYTHON = "python2"\nrun([PYTHON, "-m", "a"])',
    ],
)
def test_what_is_not_shown_is_not_guessed(command: str) -> None:
    assert records(command) == []


def test_a_module_that_is_run_may_be_a_package() -> None:
    ((line, _, level, module, fromlist, where),) = records('def f():\n    run([sys.executable, "-m", "a"])\n')
    assert (line, level, module, fromlist, where) == (2, 0, "a", ["__main__"], "f")


@pytest.mark.parametrize(
    "command",
    [
        'run([sys.executable, "-c", "import a; from b.c import d"])',
        'run([sys.executable, "-Ic", "import a" "; from b.c import d"])',
        'run([sys.executable, "-u", "-cimport a; from b.c import d", "-m", "x"])',
        'CODE = """import a\nfrom b.c import d"""\nrun([sys.executable, "-c", CODE])',
        'CODE = textwrap.dedent("""\n    import a\n    from b.c import d""")\nrun([sys.executable, "-c", CODE])',
        """run([sys.executable, "-c", "import a\\nif __name__ == '__main__':\\n    from b.c import d"])""",
    ],
)
def test_the_text_behind_c_is_scanned(command: str) -> None:
    assert names(command) == ["a", "b.c"]
    assert records(command)[1][4] == ["d"]


def test_the_text_behind_c_has_the_line_and_the_function_of_its_start() -> None:
    source = 'def f():\n    run([sys.executable, "-c", "\\n\\ntry:\\n    import a\\nexcept ImportError:\\n    pass"])\n'
    ((line, state, _, _, _, where),) = records(source)
    assert (line, where) == (2, "f")
    assert state == flags.IN_FUNCTION | flags.OPTIONAL | flags.DYNAMIC | flags.COMMAND


def test_a_try_around_the_start_does_not_guard_what_the_child_imports() -> None:
    ((_, state, *_),) = records('try:\n    run([sys.executable, "-m", "a"])\nexcept Exception:\n    pass\n')
    assert state == flags.DYNAMIC | flags.COMMAND | flags.RUN


def test_what_the_platform_rules_out_stays_ruled_out() -> None:
    ((_, state, *_),) = records('if sys.platform == "none":\n    run([sys.executable, "-c", "import a"])\n')
    assert state & flags.UNREACHABLE


def test_a_program_that_starts_another_one() -> None:
    inner = 'import sys, subprocess; subprocess.run([sys.executable, "-m", "a"])'
    assert names(f'run([sys.executable, "-c", {inner!r}])') == ["sys", "subprocess", "-m a"]


def test_codecs_that_a_text_behind_c_names() -> None:
    assert scan_source(b"""run([sys.executable, "-c", "open(p, encoding='gbk')"])""", "m.py")["codecs"] == ["gbk"]
