"""The words on the wire: how entries are written as lines, packed, signed and carried. Knows no round."""
