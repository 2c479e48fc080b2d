"""Latin."""


def hello(name: str) -> str:
    """A greeting."""
    return f"Salve, {name}!"
