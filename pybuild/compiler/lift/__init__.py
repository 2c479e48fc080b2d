"""Bytecode of each supported CPython version to IR."""
