"""Why a command about resources is refused."""

from contracts.refusals import Refusal, RuleViolated


class MoreThanShipped(RuleViolated):
    """Nobody can sign for more than was sent."""

    KEY = "resources.more_than_shipped"

    def __init__(self, given: int, shipped: int) -> None:
        super().__init__("quantity", "more_than_shipped", given=given, shipped=shipped)


class UnknownItem(RuleViolated):
    """The plan has no such material."""

    KEY = "resources.unknown_item"

    def __init__(self, item: str) -> None:
        super().__init__("item", "unknown_item", item=item)


class UnknownKind(RuleViolated):
    """The plan has no such kind of team."""

    KEY = "resources.unknown_kind"

    def __init__(self, kind: str) -> None:
        super().__init__("kind", "unknown_kind", kind=kind)


class NotLinked(RuleViolated):
    """Only the level above and those directly below read this node's streams."""

    KEY = "resources.not_linked"

    def __init__(self, target: str, node: str) -> None:
        super().__init__("target", "not_linked", target=target, node=node)


class ForeignTeam(Refusal):
    """The team belongs to another node's roster."""

    STATUS = 409
    KEY = "resources.foreign_team"

    def __init__(self, team: str, node: str) -> None:
        super().__init__("team_id", team=team, node=node)


class IncidentOver(Refusal):
    """The incident has ended; what is under way still arrives, nothing new is promised."""

    STATUS = 409
    KEY = "resources.incident_over"

    def __init__(self, incident: str) -> None:
        super().__init__("incident_id", incident=incident)
