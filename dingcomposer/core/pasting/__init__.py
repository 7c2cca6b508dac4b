"""What is in whatever a person pastes: commands, chat lines, profiles, almost-JSON."""
