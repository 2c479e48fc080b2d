"""textual: widgets by their names, a text area that knows a language."""

import asyncio

from textual.app import App, ComposeResult
from textual.widgets import Button, DataTable, Footer, Header, Input, Markdown, ProgressBar, TextArea, Tree


class Form(App[str]):
    """Many widgets."""

    def compose(self) -> ComposeResult:
        """What is shown."""
        yield from (Header(), Input(id="name"), Button("go"), DataTable(), TextArea.code_editor("x = 1", language="python"))
        yield from (Markdown("# x\n```python\nx = 1\n```"), Tree("root"), ProgressBar(total=3), Footer())

    def on_button_pressed(self) -> None:
        """End with what was typed."""
        self.exit(self.query_one(Input).value)


async def main() -> None:
    """Type a name, press the button."""
    app = Form()
    async with app.run_test() as pilot:
        await pilot.click("#name")
        await pilot.press("a", "b")
        app.query_one(Button).press()
        await pilot.pause()
    assert app.return_value == "ab"


asyncio.run(main())
