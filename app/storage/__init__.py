"""The only SQL. Domain objects and frozen views go in and out; rows never leave."""
