"""The dispatch service: what teams are doing now: recommendations, orders, mutual aid."""
