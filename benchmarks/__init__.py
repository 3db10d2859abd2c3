"""The budgets of the design, measured: each as a ratio in one process, or in time calibrated to this machine."""
