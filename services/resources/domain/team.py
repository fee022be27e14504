"""Whether a team of the roster can be sent: in service, out of service for a while, or retired for good."""

from enum import StrEnum

from contracts.state_machine import Transitions


class TeamService(StrEnum):
    """Whether it can be sent."""

    IN_SERVICE = "in_service"
    OUT_OF_SERVICE = "out_of_service"
    RETIRED = "retired"


S = TeamService
TRANSITIONS: Transitions[TeamService] = {
    (S.IN_SERVICE, "out_of_service"): S.OUT_OF_SERVICE,
    (S.IN_SERVICE, "retired"): S.RETIRED,
    (S.OUT_OF_SERVICE, "in_service"): S.IN_SERVICE,
    (S.OUT_OF_SERVICE, "retired"): S.RETIRED,
}
