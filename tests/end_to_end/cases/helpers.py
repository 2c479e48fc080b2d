# run:
"""A script that is itself a test suite: unittest and doctest look into `__main__`."""

import doctest
import unittest


def half(n):
    """Half of n.

    >>> half(4)
    2.0
    """
    return n / 2


class HalfTest(unittest.TestCase):
    def test_half(self):
        self.assertEqual(half(3), 1.5)


if __name__ == "__main__":
    print(doctest.testmod())
    result = unittest.main(argv=["x"], exit=False, verbosity=0).result
    print(result.testsRun, result.wasSuccessful())
