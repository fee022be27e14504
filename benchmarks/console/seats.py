"""Seats that listen and throw away what they hear: ``python -m benchmarks.console.seats COUNT URL [TOKEN]``, until killed."""

import asyncio
import sys
from urllib.parse import urlsplit


async def sit(url: str, token: str) -> None:
    """One seat; no more work than reading bytes."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    permission = f"authorization: Bearer {token}\r\n" if token else ""
    writer.write(f"GET /stream HTTP/1.1\r\nhost: {parts.netloc}\r\n{permission}\r\n".encode())
    while await reader.read(65536):
        pass


async def main(count: int, url: str, token: str) -> None:
    """All of them."""
    await asyncio.gather(*(sit(url, token) for _ in range(count)))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""))
