"""Preceptor: knowledge tracing, forgetting, recommendation and tutoring on one student state.

The names below are loaded when they are first used, so that importing the package costs nothing.

Example:
    >>> import preceptor
    >>> classroom = preceptor.Classroom.open(Path("demo-course"))
    >>> print(classroom.next("s0001", preceptor.system_clock().now()).question.text)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from preceptor.course import Course as Course
    from preceptor.data import ReadOptions as ReadOptions
    from preceptor.domain import UserError as UserError
    from preceptor.workflow.built_in import BuiltInOptions as BuiltInOptions
    from preceptor.workflow.built_in import make_built_in_course as make_built_in_course
    from preceptor.workflow.classroom import Classroom as Classroom
    from preceptor.workflow.clock import Clock as Clock
    from preceptor.workflow.clock import system_clock as system_clock
    from preceptor.workflow.importing import import_data as import_data
    from preceptor.workflow.policies import train_policy as train_policy
    from preceptor.workflow.policy_options import PolicyOptions as PolicyOptions
    from preceptor.workflow.recommending import recommend as recommend_questions
    from preceptor.workflow.training import train as train
    from preceptor.workflow.training_options import TrainOptions as TrainOptions

__version__ = "0.1.0"

# No public name may be a room's name: importing the room would put the module in its place.
_PUBLIC = {
    "BuiltInOptions": "preceptor.workflow.built_in:BuiltInOptions",
    "Classroom": "preceptor.workflow.classroom:Classroom",
    "Clock": "preceptor.workflow.clock:Clock",
    "Course": "preceptor.course:Course",
    "PolicyOptions": "preceptor.workflow.policy_options:PolicyOptions",
    "ReadOptions": "preceptor.data:ReadOptions",
    "TrainOptions": "preceptor.workflow.training_options:TrainOptions",
    "UserError": "preceptor.domain:UserError",
    "import_data": "preceptor.workflow.importing:import_data",
    "make_built_in_course": "preceptor.workflow.built_in:make_built_in_course",
    "recommend_questions": "preceptor.workflow.recommending:recommend",
    "system_clock": "preceptor.workflow.clock:system_clock",
    "train": "preceptor.workflow.training:train",
    "train_policy": "preceptor.workflow.policies:train_policy",
}

__all__ = [
    "BuiltInOptions",
    "Classroom",
    "Clock",
    "Course",
    "PolicyOptions",
    "ReadOptions",
    "TrainOptions",
    "UserError",
    "import_data",
    "make_built_in_course",
    "recommend_questions",
    "system_clock",
    "train",
    "train_policy",
]


def __getattr__(name: str) -> Any:
    """Load a public name at its first use."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'preceptor' has no attribute {name!r}")
    module, _, attribute = _PUBLIC[name].partition(":")
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *_PUBLIC})
