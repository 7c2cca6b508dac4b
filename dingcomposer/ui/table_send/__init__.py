"""One message for each row of a table: chosen, looked at, sent."""
