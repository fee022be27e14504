"""The life-cycles of orders and of requests for support, as data and pure decisions."""
