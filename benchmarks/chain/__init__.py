"""From a report to its recommendation and warning draft: liandong beside a raw floor and the tutorial way."""
