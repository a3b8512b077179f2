"""A hub below another: who stands below, what goes up and what comes down."""
