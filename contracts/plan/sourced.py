"""Where a figure comes from, whether the city has still to confirm it, and who does."""

from pydantic import Field

from contracts.values import Slug, Value


class Sourced(Value):
    """Anything with a provenance; ``to_confirm`` marks what no source gives and the city must fill.

    The provenance covers this entry and no entry inside it. ``confirm_by``: the departments that confirm it,
    where the plan's ``confirmers`` do not say it already.
    """

    source: str = Field(default="", description="law and article, or document")
    to_confirm: bool = False
    confirm_by: tuple[Slug, ...] = ()


class Figure(Sourced):
    """One number with its unit in the field's name, and its provenance."""

    value: float = Field(gt=0, allow_inf_nan=False)
