"""The compiler's intermediate representation: SSA over basic blocks, operations declared once, with a printer, a parser and a verifier."""
