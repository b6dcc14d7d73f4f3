"""Our figure, the peers' and the limit's, side by side in one run. Each module is a command: `python -m benchmarks.generate`."""
