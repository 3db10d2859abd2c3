"""What a clock has measured: cycles, due instants, traces and the use of time per level."""
