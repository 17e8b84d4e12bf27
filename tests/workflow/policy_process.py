"""Trains a policy in a process of its own, which waits to be killed after an epoch."""

import sys
import time
from pathlib import Path

import torch

from preceptor.course import Course
from preceptor.workflow.clock import system_clock
from preceptor.workflow.policies import train_policy
from preceptor.workflow.policy_options import PolicyOptions

if __name__ == "__main__":
    torch.set_num_threads(1)
    course, algorithm, critic, kill_after = sys.argv[1:]

    def progress(what: str, done: int, total: int) -> None:
        """Say how far it is, and wait for the end where it is to come."""
        if done == int(kill_after):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            time.sleep(600)

    options = PolicyOptions("practiced", algorithm, critic, transitions=600, updates=30, horizon=5)
    train_policy(Course.open(Path(course)), options, system_clock(), progress)
