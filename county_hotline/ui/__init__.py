"""The window of the station. It asks the desk and shows values; it knows no database and no wire."""
