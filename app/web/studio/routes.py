"""Routes of this part."""
