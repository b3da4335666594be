"""The demo cast and a believable month of activity, made only through services."""
