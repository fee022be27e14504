"""Warnings (预警) from draft to all-clear, subscribers, deliveries and receipts."""
