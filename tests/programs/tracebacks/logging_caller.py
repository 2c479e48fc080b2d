import logging
import sys

logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)s %(filename)s:%(lineno)d %(funcName)s %(message)s")
log = logging.getLogger("app")


def work(n):
    log.info("working on %d", n)
    if n == 2:
        log.warning("two", stack_info=True)
    helper("from work")


def helper(text):
    log.debug(text, stacklevel=2)
    log.debug(text)


class Service:
    def run(self):
        log.error("in method %s", self.__class__.__name__)
        list(map(lambda x: log.info("in lambda %s", x), [1]))


for n in range(3):
    work(n)
Service().run()
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
log.info("%d items", "bad")
