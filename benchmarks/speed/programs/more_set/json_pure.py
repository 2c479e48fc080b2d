"""JSON written and read by Python code: the standard library's `json` as the program's own, without its C parts."""

import harness
import own_json


def document(size):
    """Nested data of all of JSON's types."""
    return {
        "name": 'café ☕ "quoted" \\ back',
        "items": [
            {
                "id": n,
                "price": n * 1.25,
                "tags": [f"tag{n % 7}", f"group {n % 3}"],
                "open": n % 2 == 0,
                "parent": None if n % 5 else {"id": n // 5},
            }
            for n in range(size)
        ],
    }


_DOCUMENT = document(150)


def work():
    """Check: the text's length and a sum over what was read back."""
    total = 0
    for _ in range(16):
        text = own_json.dumps(_DOCUMENT, indent=1, sort_keys=True)
        again = own_json.loads(text)
        total += len(text) + sum(item["price"] for item in again["items"])
        assert again == _DOCUMENT
    return total


if __name__ == "__main__":
    harness.main(work)
