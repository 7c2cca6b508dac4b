"""One message for each row of a table."""
