"""Latent minds fitted to real logs by simulated moments."""
