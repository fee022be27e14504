"""Pure choices: what a machine's draft says, where a message may go, when it is tried again."""
