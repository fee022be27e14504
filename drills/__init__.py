"""Drills: scenario scripts, the clock that moves every deadline, and the runner that plays and judges them."""
