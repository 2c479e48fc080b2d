"""Split a text into words and count them."""

import harness

_SYLLABLES = ("ba", "ko", "mi", "tu", "re", "lan", "dor", "ves", "ni", "phe", "sta", "qui")


def text(lines):
    """A text of `lines` lines, always the same: syllables drawn by a linear congruence."""
    state = 12345
    made = []
    for _ in range(lines):
        words = []
        for _ in range(10):
            state = (state * 1103515245 + 12345) % 2147483648
            first, second = state // 65536 % 12, state // 1048576 % 12
            word = _SYLLABLES[first] + _SYLLABLES[second]
            words.append(word.capitalize() if state % 7 == 0 else word)
        made.append(" ".join(words) + (", " if state % 3 else ". "))
    return "\n".join(made)


def count(text):
    """How often each word is there, without regard to case and punctuation."""
    counts = {}
    for line in text.split("\n"):
        for word in line.split():
            word = word.strip(".,;:!?").lower()
            if word:
                counts[word] = counts.get(word, 0) + 1
    return counts


_TEXT = text(4_000)


def work():
    """Check: the number of words and the ten most frequent."""
    result = []
    for _ in range(15):
        counts = count(_TEXT)
        ranking = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        result = [sum(counts.values()), len(counts), ranking[:10]]
    return result


if __name__ == "__main__":
    harness.main(work)
