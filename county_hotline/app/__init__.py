"""The composition root: the only place that knows everybody. Opens a home, puts desk, printer and line together."""
