"""The pictures of a preview: fetched, decoded, kept."""
