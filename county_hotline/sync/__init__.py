"""Between a station and the hub: what goes over the line, in which order, and what is done when it fails."""
