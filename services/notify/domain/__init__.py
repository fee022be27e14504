"""What a warning and a delivery are, and what may happen to them."""
