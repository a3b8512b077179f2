"""The county hotline station (连心桥): take a citizen's request with no network, lose nothing, sync when a line is there."""

__version__ = "0.1.0"
