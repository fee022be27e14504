"""What readiness and retention cost once tables have grown."""
