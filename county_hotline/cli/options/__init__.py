"""The commands and what each takes, as data, in rooms; `cli.parser` reads them."""
