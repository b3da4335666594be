"""Use cases: one function for each thing a person does. No Flask, no SQL."""
