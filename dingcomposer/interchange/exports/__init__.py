"""What leaves the history as a file: tables, JSON Lines, a report. Each is written as it comes."""
