"""Infrastructure written once, with no domain word in it: every service is built from these parts."""
