"""Opening hours compiled to sorted spans of instants, and fast calculations on them."""
