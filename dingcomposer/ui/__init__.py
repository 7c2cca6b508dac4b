"""What the user sees. The only place with widgets, beside app and tour, which start it."""
