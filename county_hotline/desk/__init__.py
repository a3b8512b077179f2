"""What a person can do, one function each: the list of files here is the list of everything the program can do."""

from county_hotline.desk.desk import Desk

__all__ = ["Desk"]
