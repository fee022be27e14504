"""The life-cycle of a reservation, as data and pure decisions."""
