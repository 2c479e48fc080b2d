import sys


def stop(items):
    try:
        for item in items:
            if item < 0:
                sys.exit(f"negative: {item}")
    finally:
        print("checked")


stop([1, 2, -3])
