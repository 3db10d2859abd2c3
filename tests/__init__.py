"""The tests, the slow twins and the runs that show that supportcore is right; tests/README.md says where each is."""
