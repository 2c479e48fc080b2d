"""rich and pygments: any language, any width, a traceback."""

from pygments import highlight
from pygments.filters import get_filter_by_name
from pygments.formatters import get_formatter_by_name
from pygments.lexers import get_lexer_by_name, guess_lexer
from rich.console import Console
from rich.markdown import Markdown
from rich.syntax import Syntax

console = Console(force_terminal=True)
console.print(Syntax("x = 1", "python"), Syntax("fn main() {}", "rust"), Markdown("# x\n```c\nint x;\n```"), "日本 :smile:")
try:
    1 / 0  # noqa: B018
except ZeroDivisionError:
    console.print_exception(show_locals=True)
highlight("x = 1", get_lexer_by_name("cobol"), get_formatter_by_name("html", style="monokai"))
guess_lexer("#!/usr/bin/python\nx=1")
get_filter_by_name("keywordcase")
