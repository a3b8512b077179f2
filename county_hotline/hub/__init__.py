"""The level above: takes stations' journals in, gives all their one order, and hands each what concerns it. The same journal code."""
