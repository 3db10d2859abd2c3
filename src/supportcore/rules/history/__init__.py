"""Tables and recorded decisions: which rules decided, and which table would have given them."""
