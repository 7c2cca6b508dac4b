"""Small widgets and questions that know nobody."""
