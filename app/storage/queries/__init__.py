"""Read-only queries for pages. They give small frozen views, never rows."""
