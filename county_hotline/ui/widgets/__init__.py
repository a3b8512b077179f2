"""What pages are made of. They know theme and Tk, no trade and no desk."""
