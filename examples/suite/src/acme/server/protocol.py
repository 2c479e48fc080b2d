"""What a client may ask, and what it is told."""

from __future__ import annotations

from acme.catalogue import articles, find


def answer(line: str) -> str:
    """The answer to one line of a client."""
    match line.split():
        case ["count"]:
            return str(len(articles()))
        case ["stock", number]:
            try:
                return str(find(number).stock)
            except KeyError:
                return f"error no article {number}"
        case ["worth"]:
            return str(sum(article.value for article in articles()))
        case _:
            return "error what?"
