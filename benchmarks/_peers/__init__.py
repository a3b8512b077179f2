"""The peers beside which sync is measured."""
