"""Where a message may go, and when it is tried again.

TargetRefused
├── UnsafeUrl       not a plain http(s) address
├── UnknownHost     not this machine and not named in ALLOWED_WEBHOOK_HOSTS
├── UnsafePath      not a plain folder below the channel's own
└── NoFileChannel   this node has no folder for files
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import SplitResult, urlsplit

from pydantic import ValidationError

from contracts.events.delivery import Channel
from contracts.reasons import ReasonCode, reason_of_refusal
from contracts.refusals import RuleViolated
from contracts.topics import Mode
from services.notify.domain.delivery import Dispatch, Forbidden, Message, MessageStatus, Obsolete
from services.notify.domain.exercise import fits, texts_of

BACKOFF_SECONDS = (1, 2, 5, 10, 30, 60, 120, 300, 600)
"""Pauses after the first, second, … failed attempt; after the attempt behind the last one it is given up."""
ATTEMPTS = len(BACKOFF_SECONDS) + 1
LEASE_SECONDS = 60
"""How long an attempt may be under way before its outcome counts as unknown and it is made again."""

SLOTS: dict[Channel, int] = {"webhook": 24, "file": 8}
"""Attempts under way at once, by channel: a slow web takes none from the files."""
SLOTS_OF_ONE = 2
"""Attempts under way at once to one subscriber: a slow one takes few of the others'."""
REST_AFTER = 3
"""Failures in a row after which a subscriber's channel rests."""

MODE_OF: dict[MessageStatus, Mode] = {"actual": "live", "exercise": "exercise"}
ANY_HOST = "*"


def without_secrets(target: str) -> str:
    """An address as it may be told: of a URL the scheme and the host, for path and query may hold a token."""
    scheme, mark, rest = target.partition("://")
    if not mark:
        return target
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    return f"{scheme}://{host}" if len(host) == len(rest) else f"{scheme}://{host}/…"


class TargetRefused(RuleViolated):
    """A subscriber's address that nothing is ever sent to."""

    KEY = "delivery.unsafe_url"

    def __init__(self, target: str) -> None:
        super().__init__("target", self.KEY.rpartition(".")[2], target=without_secrets(target))


class UnsafeUrl(TargetRefused):
    """Only http and https, without credentials, with a host."""


class UnknownHost(TargetRefused):
    """Neither loopback nor named by the setting."""

    KEY = "delivery.unknown_host"


class UnsafePath(TargetRefused):
    """Absolute, with ``..`` or otherwise leading out of the channel's folder."""

    KEY = "delivery.unsafe_path"


class NoFileChannel(TargetRefused):
    """FILE_CHANNEL_DIR is not set."""

    KEY = "delivery.no_file_channel"


@dataclass(frozen=True)
class Reach:
    """What this node may reach: its mode, further webhook hosts, and whether it has a file channel."""

    mode: Mode
    webhook_hosts: frozenset[str]
    has_file_channel: bool


def check_target(channel: Channel, target: str, reach: Reach) -> None:
    """Raise TargetRefused unless a message may go there."""
    if channel == "webhook":
        _check_url(target, reach.webhook_hosts)
    elif not reach.has_file_channel:
        raise NoFileChannel(target)
    else:
        _check_path(target)


def _check_url(target: str, hosts: Collection[str]) -> None:
    parts = _parse_url(target)
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise UnsafeUrl(target)
    if not (_is_loopback(host) or host in hosts or ANY_HOST in hosts):
        raise UnknownHost(target)


def _parse_url(target: str) -> SplitResult:
    if not (target.isascii() and target.isprintable()) or {" ", "\\"} & set(target):
        raise UnsafeUrl(target)
    try:
        parts = urlsplit(target)
        _ = parts.port
    except ValueError:
        raise UnsafeUrl(target) from None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_path(target: str) -> None:
    path = PurePosixPath(target)
    if path.is_absolute() or "\\" in target or not target.isprintable() or not path.parts:
        raise UnsafePath(target)
    if any(part.startswith(".") or ":" in part for part in path.parts):
        raise UnsafePath(target)


def last_check(dispatch: Dispatch, reach: Reach, now: datetime) -> Forbidden | Obsolete | None:
    """The check just before the wire: drill and real never meet, the address is still allowed, the period not over.

    It reads the body that would go out, not what a column says of it.
    """
    if rule := _mode_mismatch(dispatch, reach.mode):
        return Forbidden(rule, ReasonCode(key=f"delivery.{rule}", values={"subscriber": dispatch.subscriber}))
    try:
        check_target(dispatch.channel, dispatch.target, reach)
    except TargetRefused as refusal:
        return Forbidden(refusal.KEY.rpartition(".")[2], reason_of_refusal(refusal))
    if dispatch.expires_at is not None and dispatch.expires_at <= now:
        return Obsolete(expired=True)
    return None


def _mode_mismatch(dispatch: Dispatch, node: Mode) -> str | None:
    try:
        message = Message.model_validate_json(dispatch.body)
    except ValidationError:
        return "unreadable_message"
    mode = MODE_OF[message.status]
    if mode != node or dispatch.message_status != message.status:
        return "foreign_message"
    if mode != dispatch.mode:
        return "exercise_to_live" if mode == "exercise" else "live_to_exercise"
    texts = [message.headline, message.reason, *(words for _, words in texts_of(message.content))]
    if not all(fits(words, mode) for words in texts):
        return "unmarked_exercise" if mode == "exercise" else "live_says_exercise"
    return None


def retry_at(attempts: int, now: datetime) -> datetime | None:
    """When to try again after ``attempts`` of them failed; None when it is given up."""
    if attempts >= ATTEMPTS:
        return None
    return now + timedelta(seconds=BACKOFF_SECONDS[attempts - 1])
