"""The pages, one package each: a presenter that knows no Tk, a view that knows no trade."""
