"""Words to typed values, and a return to its record: who says what, where, and how sure that is."""
