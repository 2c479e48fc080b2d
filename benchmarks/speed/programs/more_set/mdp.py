"""A Markov decision process with fractions, tuples and dictionaries (pyperformance: mdp)."""

import bm_mdp
import harness


def work():
    """Check: the chance to win, of a rougher evaluation than pyperformance's."""
    return bm_mdp.Battle().evaluate(0.6)


if __name__ == "__main__":
    harness.main(work)
