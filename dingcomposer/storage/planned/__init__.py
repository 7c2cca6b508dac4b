"""What is to be sent later: at a set time, or row by row of a table; and how far it has come."""
