"""English."""


def hello(name: str) -> str:
    """A greeting."""
    return f"Hello, {name}!"
