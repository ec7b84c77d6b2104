"""Ownership: what participants bring to a process themselves, as facts with the rows behind them, never as scores."""
