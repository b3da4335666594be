"""What every persona's pages share: the door guard, the store, errors, headers, rendering."""
