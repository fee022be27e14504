"""Why a command about resources is refused."""

from contracts.refusals import Refusal, RuleViolated


class MoreThanShipped(RuleViolated):
    """Nobody can sign for more than was sent."""

    KEY = "resources.more_than_shipped"

    def __init__(self, given: int, shipped: int) -> None:
        super().__init__("quantity", "more_than_shipped", given=given, shipped=shipped)


class MoreThanArrived(RuleViolated):
    """Not more can be damaged than arrived."""

    KEY = "resources.more_than_arrived"

    def __init__(self, damaged: int, arrived: int) -> None:
        super().__init__("damaged", "more_than_arrived", damaged=damaged, arrived=arrived)


class MoreThanLeft(RuleViolated):
    """Nobody uses or returns more than is still there."""

    KEY = "resources.more_than_left"

    def __init__(self, given: int, left: int) -> None:
        super().__init__("quantity", "more_than_left", given=given, left=left)


class MoreThanAsked(RuleViolated):
    """Nobody offers more than was asked for."""

    KEY = "resources.more_than_asked"

    def __init__(self, given: int, missing: int) -> None:
        super().__init__("quantity", "more_than_asked", given=given, missing=missing)


class MoreThanFree(RuleViolated):
    """What is promised to somebody does not leave the depot by another way, nor is it offered."""

    KEY = "resources.more_than_free"

    def __init__(self, given: int, free: int) -> None:
        super().__init__("quantity", "more_than_free", given=given, free=free)


class TooMany(RuleViolated):
    """No depot has as many pieces as that."""

    KEY = "resources.too_many"

    def __init__(self, most: int) -> None:
        super().__init__("quantity", "too_many", most=most)


class SameDepot(RuleViolated):
    """A transfer goes to another depot."""

    KEY = "resources.same_depot"

    def __init__(self, depot: str) -> None:
        super().__init__("to_depot_id", "same_depot", depot=depot)


class NotLater(RuleViolated):
    """What is extended ends later than now."""

    KEY = "resources.not_later"

    def __init__(self, until: str) -> None:
        super().__init__("until", "not_later", until=until)


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


class NotOurs(Refusal):
    """What only the owner of the stock, only the receiver, only the asker or only the node asked may do."""

    STATUS = 409
    KEY = "resources.not_ours"

    def __init__(self, field: str, theirs: str, ours: str) -> None:
        super().__init__(field, theirs=theirs, ours=ours)


class NothingToSettle(Refusal):
    """Nothing is missing, or it has been settled."""

    STATUS = 409
    KEY = "resources.nothing_to_settle"

    def __init__(self, reservation: str) -> None:
        super().__init__("reservation_id", reservation=reservation)


class ForeignTeam(Refusal):
    """The team belongs to another node's roster."""

    STATUS = 409
    KEY = "resources.foreign_team"

    def __init__(self, team: str, node: str) -> None:
        super().__init__("team_id", team=team, node=node)


class CallSignTaken(Refusal):
    """Another team of this roster is called so."""

    STATUS = 409
    KEY = "resources.call_sign_taken"

    def __init__(self, call_sign: str, holder: str) -> None:
        super().__init__("call_sign", call_sign=call_sign, holder=holder)


class TeamRetired(Refusal):
    """It is not a team any more."""

    STATUS = 409
    KEY = "resources.team_retired"

    def __init__(self, team: str) -> None:
        super().__init__("team_id", team=team)


class IncidentOver(Refusal):
    """The incident has ended; what is under way still arrives, nothing new is promised."""

    STATUS = 409
    KEY = "resources.incident_over"

    def __init__(self, incident: str) -> None:
        super().__init__("incident_id", incident=incident)
