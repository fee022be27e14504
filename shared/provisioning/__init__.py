"""What must stand before services start: topics, databases, roles. Idempotent; ``python -m shared.provisioning``."""
