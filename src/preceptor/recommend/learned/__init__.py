"""Policies that are learned. What serves them needs torch alone; what trains them needs the extra `rl`."""
