"""What compiled code is made with: the decorator, keyed draws, the rules that a researcher may replace."""
