"""What the user sees. With app, the only place that knows Qt."""
