"""How an order is told on any page: its state, its limit, its steps and its story as plain values. No Tk, no questions asked."""
