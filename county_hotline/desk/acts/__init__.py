"""Acts on an order, as data and as what they do: see spec."""
