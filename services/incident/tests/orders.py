"""What a dispatch service says of teams."""

from datetime import datetime

from contracts.events.dispatch import OrderEvent, OrderIssued


def order_event(incident: str, kind: type[OrderEvent], lender: str = "210404", **told: object) -> OrderEvent:
    about = {"incident_id": incident, "jurisdiction": lender, "order_id": f"o-{lender}", "order_no": 1}
    return kind.model_validate({**about, "team_id": f"t-{lender}", "team_name": f"{lender}队", **told})


def issued(incident: str, now: datetime, lender: str = "210404", by: str = "210404") -> OrderEvent:
    times = {"issued_at": now, "acknowledge_by": now, "issued_by": "调度员"}
    place = {"destination": {"lon": 123.782, "lat": 41.842}, "task": "堵漏"}
    return order_event(incident, OrderIssued, lender, **times, **place, commanded_by=by)
