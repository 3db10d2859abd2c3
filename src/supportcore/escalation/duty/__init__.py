"""Who is on call: rotations, rosters and changes of duty."""
