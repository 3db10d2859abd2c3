"""How a plan is made: one walk over the rounds and steps of the ladders in force."""
