"""A check-up's way over the network: its steps, connections, certificates and the probe."""
