"""
>>> double(4)
8
>>> double("a")
'aa'
>>> double(None)
Traceback (most recent call last):
TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
>>> double(1)
3
"""
import doctest
import io
import unittest


def double(x):
    """
    >>> double(2.5)
    5.0
    """
    return x * 2


print(doctest.testmod())


class Cases(unittest.TestCase):
    def setUp(self):
        self.items = [1, 2]

    def test_passes(self):
        self.assertEqual(double(2), 4)

    def test_fails(self):
        self.assertEqual([double(x) for x in self.items], [2, 5])

    def test_raises(self):
        with self.assertRaisesRegex(TypeError, "unsupported"):
            double(None)

    def test_errors(self):
        double()

    def test_subtests(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertNotEqual(i, 1)

    @unittest.skip("not now")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail("yes")


stream = io.StringIO()
result = unittest.TextTestRunner(stream=stream, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Cases))
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures))
print(stream.getvalue().rpartition("Ran ")[0])
