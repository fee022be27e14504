"""Every event of liandong, one class per fact and version; ``EVENTS`` is the register."""

from contracts.events import consultation, delivery, dispatch, incident, monitoring, resource, warning
from contracts.events.event import Event, Stream

EVENTS: tuple[type[Event], ...] = (
    incident.IncidentReported,
    incident.ReportMerged,
    incident.IncidentUpdated,
    incident.IncidentGraded,
    incident.IncidentEscalated,
    incident.CommandAssumed,
    incident.ResponseActivated,
    incident.ResponseEnded,
    incident.ReportSubmitted,
    incident.ReportingDueSoon,
    incident.ReportingOverdue,
    incident.IncidentControlled,
    incident.IncidentClosed,
    consultation.ConsultationConvened,
    consultation.OpinionGiven,
    consultation.ConsultationConcluded,
    dispatch.Recommended,
    dispatch.OrderIssued,
    dispatch.OrderAcknowledged,
    dispatch.AcknowledgementOverdue,
    dispatch.TeamDeparted,
    dispatch.TeamArrived,
    dispatch.TeamReleased,
    dispatch.SupportRequested,
    dispatch.SupportOffered,
    dispatch.SupportDeclined,
    resource.TeamRegistered,
    resource.MaterialReserved,
    resource.MaterialShipped,
    resource.MaterialDelivered,
    resource.ReservationCancelled,
    resource.MaterialRequested,
    resource.MaterialDeclined,
    warning.WarningDrafted,
    warning.WarningReviewed,
    warning.WarningSigned,
    warning.WarningPublished,
    warning.WarningReturned,
    warning.WarningCancelled,
    warning.WarningDropped,
    delivery.DeliveryCompleted,
    delivery.DeliveryFailed,
    delivery.DeliveryRefused,
    delivery.WarningAcknowledged,
    monitoring.Canary,
    monitoring.ClockSet,
    monitoring.DeadLetterParked,
)

BY_TYPE: dict[str, type[Event]] = {event.type_name(): event for event in EVENTS}

__all__ = ["BY_TYPE", "EVENTS", "Event", "Stream"]
