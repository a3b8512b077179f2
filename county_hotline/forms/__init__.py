"""What the program puts on paper: slips and, later, sheets and registers. Knows fonts, pages and wording; nothing of the store."""
