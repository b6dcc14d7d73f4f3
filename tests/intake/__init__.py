"""What is taken from the inbox, under which name and when."""
