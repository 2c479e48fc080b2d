"""acme-batch: check every article in worker processes, started afresh (spawn) so that the program must be able to start itself."""

from __future__ import annotations

import hashlib
import multiprocessing
import sys

from acme.catalogue import articles, find
from acme.text import table


def checked(number: str) -> tuple[str, str, bool]:
    """The article's number, a digest of what is known of it, and whether its stock is plausible; runs in a worker."""
    article = find(number)
    digest = hashlib.sha256(repr(article).encode()).hexdigest()[:12]
    return number, digest, 0 <= article.stock < 1000


def main() -> int:
    """Check all; the exit status is the number of implausible articles."""
    method = sys.argv[1] if len(sys.argv) > 1 else "spawn"
    with multiprocessing.get_context(method).Pool(2) as pool:
        results = pool.map(checked, [article.number for article in articles()])
    print(table(("number", "digest", "plausible"), ((n, d, "yes" if ok else "no") for n, d, ok in results)))
    return sum(not ok for _, _, ok in results)


if __name__ == "__main__":
    raise SystemExit(main())
