"""Reads content files into domain objects and renders their text as safe HTML."""
