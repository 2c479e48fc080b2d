"""The languages that greet knows without plug-ins."""
