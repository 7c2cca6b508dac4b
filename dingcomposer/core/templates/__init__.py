"""Messages with fields: what they are, how they are filled in, how they are written down."""
