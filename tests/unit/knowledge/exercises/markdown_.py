"""Markdown: extensions by their names."""

import markdown

markdown.markdown(
    "# x\n\n```python\nx=1\n```\n\na|b\n-|-\n1|2\n", extensions=["extra", "codehilite", "toc", "markdown.extensions.admonition"]
)
