"""As one speaks it."""


def bavarian(name: str) -> str:
    """A greeting."""
    return f"Servus, {name}!"
