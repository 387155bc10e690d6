"""A mail server that takes everything at once and keeps nothing; 127.0.0.1 only.

`python -m bench.sink` prints its port, then serves until its input ends.
"""

import asyncio
import sys

from bench.client import HOST


async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, as far as smtplib speaks SMTP."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
        if word == b"QUIT":
            break
    await writer.drain()
    writer.close()


async def serve() -> None:
    """Serve until whoever started it lets go of the input."""
    server = await asyncio.start_server(speak, HOST, 0, limit=1 << 24)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
