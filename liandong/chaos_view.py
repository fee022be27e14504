"""What stands at the nodes of a chaos run: incidents, and the effects of each report, asked over HTTP."""

import asyncio
from collections.abc import Iterable
from typing import Any

import httpx

from liandong.local.nodes import Nodes, Place, Setup
from shared.http.auth import Role

COUNTY, CITY = "210404", "210400"


def headers_of(setup: Setup, node: str, role: Role) -> dict[str, str]:
    """What a request of that role carries."""
    token = setup.token(f"chaos-{role}", f"chaos-{role}", [role], node)
    return {"authorization": f"Bearer {token}"}


class View:
    """Looks at running nodes."""

    def __init__(self, nodes: Nodes, http: httpx.AsyncClient) -> None:
        self._nodes, self._http = nodes, http

    async def incidents(self, node: str) -> list[str]:
        """The ids of all incidents a node has, page by page."""
        found: list[str] = []
        while True:
            after = f"&after={found[-1]}" if found else ""
            url = f"{self._nodes.setup.url(node, 'incident')}/incidents?limit=200{after}"
            page = await self._get(url, node)
            found += [incident["incident_id"] for incident in page]
            if len(page) < 200:
                return found

    async def effects(self, incidents: Iterable[str]) -> dict[str, dict[str, int]]:
        """How many recommendations and drafts each of these incidents has."""
        ids = sorted(incidents)
        urls = {
            "recommendation": f"{self._nodes.setup.url(COUNTY, 'dispatch')}/recommendations",
            "warning draft": f"{self._nodes.setup.url(COUNTY, 'notify')}/warnings",
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

    async def count_parked(self, name: str) -> int:
        """How many open dead letters a service has."""
        return len(await self._get(f"{self._nodes.url(name)}/dead-letters", Place.of(name).node))

    async def _get(self, url: str, node: str) -> list[dict[str, Any]]:
        answer = await self._http.get(url, headers=headers_of(self._nodes.setup, node, Role.DUTY_OFFICER))
        found: list[dict[str, Any]] = answer.raise_for_status().json()
        return found
