"""gevent: a patched standard library, a server and its client."""

from gevent import monkey

monkey.patch_all()

import queue  # noqa: E402
import threading  # noqa: E402
import urllib.request  # noqa: E402

import gevent  # noqa: E402
import gevent.pool  # noqa: E402
import gevent.pywsgi  # noqa: E402


def application(environ: dict[str, object], start: object) -> list[bytes]:
    """An answer."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


server = gevent.pywsgi.WSGIServer(("127.0.0.1", 0), application, log=None)
server.start()
answer = gevent.spawn(lambda: urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/").read()).get()
assert answer == b"hello"
server.stop()
channel: queue.Queue[int] = queue.Queue()
threading.Thread(target=channel.put, args=(5,)).start()
assert channel.get() == 5
assert gevent.pool.Pool(2).map(abs, [-1, 2]) == [1, 2]
assert gevent.get_hub().threadpool.apply(abs, (-3,)) == 3
