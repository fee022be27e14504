"""HTTP as every service speaks it: problems, access, commands."""
