"""What crosses the line, as the database takes and gives it: batches, receipts, pages, places, what is held, whom an order concerns."""
