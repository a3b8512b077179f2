"""One round with the hub, step by step."""
