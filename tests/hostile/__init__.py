"""Files that were made to harm: a small builder for each, and the test that runs them all through the bounded child."""
