"""Decision tables of DMN, as XML."""
