"""Where a figure comes from, and whether the city has still to confirm it."""

from pydantic import Field

from contracts.values import Value


class Sourced(Value):
    """Anything with a provenance; ``to_confirm`` marks what no source gives and the city must fill."""

    source: str = Field(default="", description="law and article, or document")
    to_confirm: bool = False


class Figure(Sourced):
    """One number with its unit in the field's name, and its provenance."""

    value: float = Field(gt=0, allow_inf_nan=False)
