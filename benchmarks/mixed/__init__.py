"""A generated program of modules as people write them: for measuring how long it takes to make machine code of them."""
