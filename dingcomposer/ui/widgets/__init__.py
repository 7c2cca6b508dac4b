"""Small widgets that know nobody."""
