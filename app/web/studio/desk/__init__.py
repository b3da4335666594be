"""The desk: where a trainer writes a case. One draft, seen as outline, form, source and map."""
