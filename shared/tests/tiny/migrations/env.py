"""Runs this service's migrations the way the shared ones are run."""

import runpy

runpy.run_module("shared.migrations.env")
