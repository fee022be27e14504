"""How soon a commit is on Kafka, on the replica that relays and on one that does not."""
