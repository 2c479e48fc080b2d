"""Greets in every language that is installed."""
