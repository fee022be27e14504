"""The resources service: what exists: teams, depots and stock, shelters, hazard sources, experts."""
