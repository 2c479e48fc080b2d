"""acme-server: serve on the loopback, or, with `--self-test`, ask the server a few things and end."""

from __future__ import annotations

import asyncio
import sys

from .protocol import answer

QUESTIONS = ("count", "stock A-100", "stock Z-999", "worth", "hello")


async def serve_client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer line by line until the client leaves."""
    while line := await reader.readline():
        writer.write(f"{answer(line.decode().strip())}\n".encode())
        await writer.drain()
    writer.close()


async def ask(port: int, question: str) -> str:
    """One question over a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{question}\n".encode())
    reply = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return reply.decode().strip()


async def self_test() -> int:
    """Start the server on a free port, ask all questions at once, print the answers in order."""
    server = await asyncio.start_server(serve_client, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        replies = await asyncio.gather(*(ask(port, question) for question in QUESTIONS))
    for question, reply in zip(QUESTIONS, replies, strict=True):
        print(f"{question}: {reply}")
    return 0


async def serve(port: int) -> int:
    """Serve for ever."""
    server = await asyncio.start_server(serve_client, "127.0.0.1", port)
    print(f"serving on port {server.sockets[0].getsockname()[1]}", flush=True)
    async with server:
        await server.serve_forever()
    return 0


def main(arguments: list[str]) -> int:
    """Run the program; returns the exit status."""
    if arguments == ["--self-test"]:
        return asyncio.run(self_test())
    return asyncio.run(serve(int(arguments[0]) if arguments else 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
