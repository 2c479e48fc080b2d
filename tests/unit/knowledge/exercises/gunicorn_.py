"""gunicorn: two workers that answer, and are told to end."""

import os
import signal
import threading
import urllib.request

from gunicorn.app.base import BaseApplication


class Application(BaseApplication):
    """A WSGI application and its settings."""

    def load_config(self) -> None:
        """Threads in the workers, a port that is free."""
        for name, value in {"bind": "127.0.0.1:0", "workers": 2, "worker_class": "gthread", "loglevel": "critical"}.items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", ready)

    def load(self) -> object:
        """The application."""
        return lambda environ, start: (start("200 OK", []), [b"hello"])[1]


def ready(arbiter: object) -> None:
    """Ask, then end the server."""
    port = arbiter.LISTENERS[0].sock.getsockname()[1]

    def ask() -> None:
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).read()
        os.kill(os.getpid(), signal.SIGTERM if answer == b"hello" else signal.SIGKILL)

    threading.Thread(target=ask).start()


Application().run()
