"""One module per outside program: how it is found, and how it is called."""
