"""Rules: kinds, the rules of the 2011 form, and their catalogue."""
