"""Texts of a plan with places to fill, checked when the plan is read."""

from collections.abc import Callable, Collection
from string import Formatter

from pydantic_core import PydanticCustomError


def filled_with(known: Collection[str]) -> Callable[[str], str]:
    """A check that a text has no other places to fill than these, and is a template at all."""

    def check(template: str) -> str:
        try:
            fields = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        except ValueError as error:
            raise PydanticCustomError("template", "{reason}", {"reason": str(error)}) from error
        if unknown := sorted(fields - set(known)):
            raise PydanticCustomError("template", "no field '{name}' to fill in", {"name": unknown[0]})
        return template

    return check
