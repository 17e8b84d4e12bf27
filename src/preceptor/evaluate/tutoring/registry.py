"""Arms that are no tutors of the product, by name; another package may bring its own tutor."""

from preceptor.evaluate.tutoring.arm import Arm
from preceptor.registry import Registry

ARMS = Registry(
    "arm",
    "preceptor.tutor_arms",
    {
        "none": "preceptor.evaluate.tutoring.controls:NoTutoring",
        "random": "preceptor.evaluate.tutoring.controls:RandomPractice",
        "textbook": "preceptor.evaluate.tutoring.controls:Textbook",
        "oracle": "preceptor.evaluate.tutoring.oracle:Oracle",
        "oracle-choice": "preceptor.evaluate.tutoring.oracle:OracleChoice",
        "teach-nothing": "preceptor.evaluate.tutoring.controls:TeachNothing",
        "leaking": "preceptor.evaluate.tutoring.controls:Leaking",
    },
)


def arm_names() -> tuple[str, ...]:
    """Names of all arms, other packages' included."""
    return ARMS.names()


def make_arm(name: str) -> Arm:
    """A registered arm.

    Raises:
        UnknownNameError: If there is none with this name.
    """
    made: Arm = ARMS.resolve(name)()
    return made
