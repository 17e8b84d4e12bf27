from functools import cache

import numpy as np
import pytest

from preceptor.curriculum import built_in_bank
from preceptor.evaluate.tutoring.block import Block, Cohort
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.evaluate.tutoring.reading import Reader
from preceptor.evaluate.tutoring.registry import make_arm
from preceptor.evaluate.tutoring.session import Session
from preceptor.simulate import make_taught_family, simulate_log

STUDENTS = 40


@pytest.fixture(scope="session")
def lab_bank():
    return built_in_bank()


@pytest.fixture(scope="session")
def lab_reader(lab_bank):
    return Reader(lab_bank)


@pytest.fixture(scope="session")
def lab_cohort(lab_bank):
    """Students of a family after a course of 30 days."""

    @cache
    def made(family):
        simulated = simulate_log(lab_bank, STUDENTS, 30, 99, holdback=0, family=family)
        return Cohort(make_taught_family(family, lab_bank), simulated.log, simulated.truth.state)

    return made


@pytest.fixture(scope="session")
def played(lab_cohort, lab_reader):
    """What an arm, given by name or itself, led to."""

    def play(arm, family="logistic", seed=0, students=STUDENTS, **options):
        design = LabDesign(family, students=students, **options)
        block = Block.of(lab_cohort(family), np.arange(students), design, seed)
        arm = make_arm(arm) if isinstance(arm, str) else arm
        return Session(block, arm, lab_reader).play()

    return play


@pytest.fixture(scope="session")
def once(played):
    """As `played`, each named arm of the plain design once."""
    return cache(lambda arm, family="logistic": played(arm, family))
