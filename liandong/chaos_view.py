"""What stands at the nodes of a chaos run: incidents, and the effects of each report, asked over HTTP."""

import asyncio
from collections.abc import Iterable
from typing import Any, Protocol

import httpx

from shared.http.auth import Role

COUNTY, CITY = "210404", "210400"


class Grounds(Protocol):
    """Where the nodes stand, and how one speaks to them."""

    def url(self, node: str, service: str) -> str:
        """The root of a service's API."""

    def urls(self, node: str, service: str) -> list[str]:
        """The roots of all replicas' APIs, or of the one that stands before them."""

    def token(self, subject: str, name: str, roles: Iterable[Role], node: str) -> str:
        """A token that the node accepts."""


def headers_of(grounds: Grounds, node: str, role: Role) -> dict[str, str]:
    """What a request of that role carries."""
    token = grounds.token(f"chaos-{role}", f"chaos-{role}", [role], node)
    return {"authorization": f"Bearer {token}"}


class View:
    """Looks at running nodes."""

    def __init__(self, grounds: Grounds, http: httpx.AsyncClient) -> None:
        self._grounds, self._http = grounds, http

    async def incidents(self, node: str) -> list[str]:
        """The ids of all incidents a node has, page by page."""
        found: list[str] = []
        while True:
            after = f"&after={found[-1]}" if found else ""
            url = f"{self._grounds.url(node, 'incident')}/incidents?limit=200{after}"
            page = await self._get(url, node)
            found += [incident["incident_id"] for incident in page]
            if len(page) < 200:
                return found

    async def effects(self, incidents: Iterable[str]) -> dict[str, dict[str, int]]:
        """How many recommendations and drafts each of these incidents has."""
        ids = sorted(incidents)
        urls = {
            "recommendation": f"{self._grounds.url(COUNTY, 'dispatch')}/recommendations",
            "warning draft": f"{self._grounds.url(COUNTY, 'notify')}/warnings",
        }
        return {
            effect: dict(zip(ids, await self._counts(url, ids), strict=True)) for effect, url in urls.items()
        }

    async def _counts(self, url: str, ids: Iterable[str]) -> list[int]:
        slots = asyncio.Semaphore(10)

        async def count(incident: str) -> int:
            async with slots:
                return len(await self._get(f"{url}?incident_id={incident}", COUNTY))

        return await asyncio.gather(*(count(incident) for incident in ids))

    async def count_parked(self, node: str, service: str) -> int:
        """How many open dead letters a service has."""
        return len(await self._get(f"{self._grounds.url(node, service)}/dead-letters", node))

    async def _get(self, url: str, node: str) -> list[dict[str, Any]]:
        answer = await self._http.get(url, headers=headers_of(self._grounds, node, Role.DUTY_OFFICER))
        found: list[dict[str, Any]] = answer.raise_for_status().json()
        return found
