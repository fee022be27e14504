"""Somebody who has only a keyboard, and how many keys each step of their work took."""

from dataclasses import dataclass, field

from playwright.async_api import Locator

from tests.console.conftest import Desk

FARTHEST = 120
"""Tabs; what is farther away nobody reaches."""
IS_FOCUSED = "(one) => one === document.activeElement"


@dataclass
class Step:
    """One step of the night's work: who did it, the keys pressed (Tab counts) and the characters written."""

    who: str
    name: str
    keys: int = 0
    characters: int = 0


@dataclass
class Night:
    """The steps so far."""

    steps: list[Step] = field(default_factory=list)

    def table(self) -> str:
        """As Markdown."""
        head = "| | who | step | keys | characters written |\n|---|---|---|---|---|\n"
        lines = [
            f"| {number} | {one.who} | {one.name} | {one.keys} | {one.characters} |\n"
            for number, one in enumerate(self.steps, 1)
        ]
        keys, written = sum(one.keys for one in self.steps), sum(one.characters for one in self.steps)
        return f"{head}{''.join(lines)}| | | all | {keys} | {written} |\n"


@dataclass
class Hands:
    """Two hands on the keyboard of one desk."""

    who: str
    desk: Desk
    night: Night

    def begins(self, step: str) -> None:
        """What follows is this step."""
        self.night.steps.append(Step(self.who, step))

    async def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            await self.desk.page.keyboard.press(key)
            self.night.steps[-1].keys += 1

    async def write(self, text: str) -> None:
        """Text as an input method hands it over; what is no Chinese character is a key."""
        await self.desk.page.keyboard.insert_text(text)
        keys = sum(one.isascii() for one in text)
        self.night.steps[-1].keys += keys
        self.night.steps[-1].characters += len(text) - keys

    async def command(self, text: str) -> None:
        """A line at the command line."""
        await self.press("/")
        await self.write(text)
        await self.press("Enter")

    async def reach(self, target: Locator) -> None:
        """Tab until one is there."""
        await target.wait_for(timeout=15_000)
        for _ in range(FARTHEST):
            if await target.evaluate(IS_FOCUSED):
                return
            await self.press("Tab")
        raise AssertionError(f"{self.who} does not get to {target} by {FARTHEST} tabs")
