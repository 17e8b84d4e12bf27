"""The lab in which tutors are compared on simulated students whose minds are known."""
