"""What is computed, over arrays alone: operations, people, the market, the accounts."""
