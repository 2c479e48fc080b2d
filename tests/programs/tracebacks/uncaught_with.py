class Resource:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()

    def close(self):
        raise OSError("close failed")


def use():
    with Resource() as first, \
            Resource() as second:
        first.value + second.value


print("start")
use()
