"""A real cluster tries the test overlay of ``deploy/k8s``; by hand, for it needs what no package brings."""
