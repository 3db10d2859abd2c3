"""The engine of plans: a walk over the rounds and steps of the ladders in force."""
