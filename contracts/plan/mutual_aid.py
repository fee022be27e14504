"""增援: what teams and material a node lends without asking a person, until when it answers, whom a node asks next."""

from typing import Annotated

from pydantic import Field

from contracts.plan.sourced import Sourced
from contracts.values import JurisdictionCode, Value


class Lending(Sourced):
    """Teams lent by policy; None: a dispatcher decides on every one."""

    share: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="of the teams with the capability, lent ones counted"
    )
    keep_teams: Annotated[int, Field(ge=0, le=10_000)] | None = Field(
        default=None, description="idle teams with the capability that stay for the own area"
    )


class MaterialLending(Sourced):
    """Material offered by policy, of every item alike; None: a logistics officer decides on every request."""

    share: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="of what there is of the item, what is lent counted with it"
    )
    keep_share: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="of what there is of the item: so much stays free for the own area"
    )


class Answer(Sourced):
    """How long a lender has to answer; None: the asker waits until somebody withdraws."""

    seconds: Annotated[int, Field(gt=0, le=7 * 86_400)] | None = None


class Lenders(Sourced):
    """Whom a node asks, in this order, for what the one asked first does not give."""

    asker: JurisdictionCode
    order: Annotated[tuple[JurisdictionCode, ...], Field(min_length=1)]


class MutualAid(Value):
    """增援与互助."""

    teams: Lending = Lending(to_confirm=True)
    materials: MaterialLending = MaterialLending(to_confirm=True)
    answer: Answer = Answer(to_confirm=True)
    lenders: tuple[Lenders, ...] = ()
