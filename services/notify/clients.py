"""The channels: how a message leaves this service, and the receipt it leaves behind."""

import asyncio
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import httpx
import orjson

from services.notify.domain.delivery import Dispatch, NotTaken, Outcome, Taken
from services.notify.policy.sending import without_secrets

LONGEST_ANSWER = 64 * 1024
RECEIPT_HEADERS = ("receipt-id", "x-receipt-id")
RECEIPT_FIELDS = ("receipt_id", "receipt", "id")
LONGEST_RECEIPT = 100


class Channels:
    """Sends a dispatch over its channel; never raises for what the other side does."""

    def __init__(self, client: httpx.AsyncClient, folder: Path | None) -> None:
        self._client, self._folder = client, folder

    async def send(self, dispatch: Dispatch) -> Outcome:
        """One attempt."""
        if dispatch.channel == "webhook":
            return await self._post(dispatch)
        assert self._folder is not None
        return await asyncio.to_thread(write_file, self._folder, dispatch)

    async def _post(self, dispatch: Dispatch) -> Outcome:
        headers = {
            "content-type": "application/json",
            "idempotency-key": dispatch.delivery_id,
            "liandong-status": dispatch.message_status,
        }
        request = self._client.stream(
            "POST", dispatch.target, content=dispatch.body.encode(), headers=headers
        )
        try:
            async with request as answer:
                body = await _beginning(answer)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return NotTaken(_reason_without_address(error, dispatch.target))
        if not answer.is_success:
            return NotTaken(f"HTTP {answer.status_code}")
        return Taken(f"HTTP {answer.status_code} {receipt_of(answer.headers, body)}")


def _reason_without_address(error: Exception, target: str) -> str:
    """What went wrong, without the address, which may hold a token."""
    return f"{type(error).__name__}: {error}".replace(target, without_secrets(target))[:200]


async def _beginning(answer: httpx.Response) -> bytes:
    body = b""
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) >= LONGEST_ANSWER:
            break
    return body


def receipt_of(headers: Mapping[str, str], body: bytes) -> str:
    """The receiver's own receipt id from header or JSON body, else the SHA-256 of the answer."""
    given = next((headers[name] for name in RECEIPT_HEADERS if headers.get(name)), "") or _from_json(body)
    return given if _printable(given) else f"sha256:{hashlib.sha256(body).hexdigest()}"


def _from_json(body: bytes) -> str:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    if not isinstance(answer, dict):
        return ""
    return next((str(answer[name]) for name in RECEIPT_FIELDS if answer.get(name)), "")


def _printable(receipt: str) -> bool:
    return 0 < len(receipt) <= LONGEST_RECEIPT and receipt.isprintable()


def write_file(root: Path, dispatch: Dispatch) -> Outcome:
    """Write the message into the subscriber's folder, whole or not at all; blocking."""
    folder = root / dispatch.target
    content = dispatch.body.encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not folder.resolve().is_relative_to(root.resolve()):
            return NotTaken("the folder leads out of the channel's own")
        file = folder / f"{dispatch.delivery_id}.json"
        _replace(file, content)
    except OSError as error:
        return NotTaken(f"{type(error).__name__}: {error.strerror}"[:200])
    return Taken(f"{file.name} sha256:{hashlib.sha256(content).hexdigest()}")


def _replace(file: Path, content: bytes) -> None:
    unfinished = file.with_suffix(".part")
    with unfinished.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
