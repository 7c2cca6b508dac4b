"""Who is notified: the row of people, chips, completion, mentions inside a text."""
