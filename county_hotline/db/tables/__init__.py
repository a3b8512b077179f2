"""What screens read: folded from the journal, thrown away and made again at will."""
