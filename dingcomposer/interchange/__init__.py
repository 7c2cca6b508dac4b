"""What comes in and goes out, as bytes and text: no Qt, no network."""
