"""The papers read before they go out, like code by a linter: what must be mended, and what they must say of themselves.

Start at `pipeline.publish.proof.lint`.
"""
