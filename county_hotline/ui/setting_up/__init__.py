"""首次设置: the window of a new PC before its first sign-in, six steps to the sign-in page."""
