"""German for greet."""


def hello(name: str) -> str:
    """A greeting."""
    return f"Guten Tag, {name}!"
