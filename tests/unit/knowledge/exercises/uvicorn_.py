"""FastAPI under uvicorn: loops and protocols by their names."""

import threading
import urllib.request

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def index() -> dict[str, int]:
    """An answer."""
    return {"a": 1}


class Server(uvicorn.Server):
    """A server that says when it has started."""

    ready = threading.Event()

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)
        self.ready.set()


server = Server(uvicorn.Config(app, port=0, log_level="warning"))
thread = threading.Thread(target=server.run)
thread.start()
server.ready.wait(60)
port = server.servers[0].sockets[0].getsockname()[1]
urllib.request.urlopen(f"http://127.0.0.1:{port}/").read()
server.should_exit = True
thread.join()
