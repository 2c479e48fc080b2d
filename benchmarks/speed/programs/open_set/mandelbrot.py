"""The Mandelbrot set with floats, 240 x 180 points, 100 rounds."""

import harness


def rounds(re, im, limit):
    """After how many rounds the point leaves the circle of radius 2."""
    x = y = 0.0
    for number in range(limit):
        x2 = x * x
        y2 = y * y
        if x2 + y2 > 4.0:
            return number
        y = 2.0 * x * y + im
        x = x2 - y2 + re
    return limit


def mandelbrot(width, height, limit):
    """The sum of the rounds of all points."""
    total = 0
    for row in range(height):
        im = 2.4 * row / height - 1.2
        for column in range(width):
            total += rounds(3.0 * column / width - 2.0, im, limit)
    return total


def work():
    """Check: the sum."""
    return mandelbrot(240, 180, 100)


if __name__ == "__main__":
    harness.main(work)
