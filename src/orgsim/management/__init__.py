"""What management does: practices over time, dated interventions, reactions, and what they add up to."""
