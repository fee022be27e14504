"""The smallest service there can be, to test what every service is built from."""
