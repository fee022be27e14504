"""How long personal data of who reported is kept; no source gives a number of days, the city decides."""

from pydantic import Field

from contracts.plan.sourced import Sourced
from contracts.values import Value


class Retention(Sourced):
    """Days of 24 hours from the report on; None: kept until the city has decided."""

    days: int | None = Field(default=None, ge=1, le=36_500)


class Privacy(Value):
    """``callers``: names, numbers, and texts in which a number was typed; removed once their incident is over."""

    callers: Retention = Retention(to_confirm=True)
