"""From the click on Send to the result: questions, sending to several groups, recovery."""
