"""The pages of the web app."""

from preceptor.serve.desk import Desk
from preceptor.serve.pages.class_map import register as register_class_map
from preceptor.serve.pages.concept_map import register as register_concept_map
from preceptor.serve.pages.home import register as register_home
from preceptor.serve.pages.practise import register as register_practise
from preceptor.serve.pages.questions import register as register_questions
from preceptor.serve.pages.review import register as register_review
from preceptor.serve.pages.review_concept import register as register_review_concept
from preceptor.serve.pages.roster import register as register_roster
from preceptor.serve.pages.tutor import register as register_tutor

_PAGES = (
    register_class_map,
    register_concept_map,
    register_home,
    register_practise,
    register_questions,
    register_review,
    register_review_concept,
    register_roster,
    register_tutor,
)


def register(desk: Desk) -> None:
    """Register every page over one class."""
    for register_page in _PAGES:
        register_page(desk)
