"""Words to values: dates, people, contacts, choices and text."""
