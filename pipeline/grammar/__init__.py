"""Words to values: dates, people, contacts, choices and the small marks around text. Pure functions on text."""
