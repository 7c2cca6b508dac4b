"""What is to be sent at a set time: schedules, their runs, the days that a person has entered."""
