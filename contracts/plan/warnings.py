"""预警: the levels, who does which step, who may publish what, and which incidents get a draft at once."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from contracts.plan.jurisdiction import Level
from contracts.plan.role import Role
from contracts.plan.sourced import Figure, Sourced
from contracts.plan.template import filled_with
from contracts.values import Grade, Line, Slug, Value, WarningLevel

Step = Literal["draft", "review", "sign", "publish", "cancel"]
"""制作, 审核, 签发, 发布, 解除."""
DRAFT_FIELDS = frozenset({"title", "address", "area", "sector"})


Template = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(filled_with(DRAFT_FIELDS))]
"""Text with places to fill: ``{title}``, ``{address}``, ``{area}``, ``{sector}``."""


class WarningRule(Sourced):
    """One of the four levels; its measures are offered, a person chooses (突发事件应对法 arts 63, 66, 67)."""

    name: Line
    roman: Line
    measures: tuple[Line, ...] = Field(min_length=1)


class AutoDraft(Sourced):
    """An incident that gets a warning drafted by machine, to be adopted by a person."""

    sector: Slug
    event_types: tuple[str, ...] = Field(min_length=1)
    grade: Grade = Grade.GENERAL
    level: WarningLevel
    headline: Template
    description: Template
    instruction: Template


class WarningStatements(Sourced):
    """What a warning must state (突发事件应对法 art. 64)."""

    statements: tuple[Slug, ...]
    article: Line


class WarningRoles(Sourced):
    """Who may do which step; drafting, reviewing and signing are three people's work."""

    steps: dict[Step, tuple[Role, ...]]


class LevelAuthority(Sourced):
    """Who may issue warnings of one level: governments from this level up, signed by one of these roles.

    No role named: whoever may sign. A level without a rule is everybody's who issues warnings (art. 64).
    """

    from_level: Level = "county"
    signers: tuple[Role, ...] = ()


class Issuer(Sourced):
    """Who issues warnings of some event types: the rule with the longest fitting prefix.

    ``reserved``: nobody else may. ``department``: whose people may write it here, nobody when empty.
    Where no rule fits, the government at or above county level of the node issues (art. 64).
    """

    event_types: tuple[Annotated[str, Field(pattern=r"^1[0-9A-Z]{0,4}$")], ...] = Field(min_length=1)
    issuer: Line
    department: Slug | None = None
    reserved: bool = False
    article: Line


class WarningCriteria(Sourced):
    """When which level is called for in a sector (art. 63); what is left open the city has to fill in."""

    levels: dict[WarningLevel, Line] = Field(default_factory=dict)


WarningRecipientKind = Literal["next_level", "garrison", "neighbours"]
"""上一级人民政府, 当地驻军, 可能受到危害的毗邻或者相关地区的人民政府 (art. 64)."""


class WarningRecipient(Sourced):
    """Who is told of a warning besides the public."""

    kind: WarningRecipientKind
    name: Line


class Warnings(Value):
    """What holds for every warning."""

    levels: dict[WarningLevel, WarningRule]
    required: WarningStatements
    roles: WarningRoles
    authority: dict[WarningLevel, LevelAuthority] = Field(default_factory=dict)
    valid_hours: Figure
    issuers: tuple[Issuer, ...]
    criteria: dict[Slug, WarningCriteria]
    recipients: tuple[WarningRecipient, ...]
    auto_draft: tuple[AutoDraft, ...] = ()

    def issuer(self, event_type: str) -> Issuer | None:
        """Who issues warnings of an event type; None: the government of the node."""
        fitting = [(prefix, rule) for rule in self.issuers for prefix in rule.event_types]
        fitting = [(prefix, rule) for prefix, rule in fitting if event_type.startswith(prefix)]
        return max(fitting, key=lambda one: len(one[0]), default=("", None))[1]
