"""Templates: chosen and filled in beside a preview, and kept from what was written."""
