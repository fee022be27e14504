"""A storm of calls at one node, with and without scoring which of them are about one event."""
