"""What every page looks like in a real Chromium: no barrier, nothing wider than its page, and light on the line."""
