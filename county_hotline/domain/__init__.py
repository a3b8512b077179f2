"""The trade itself, pure: no clock, no files, no Tk, no SQL. Facts, the fold, decisions, limits, numbers."""
