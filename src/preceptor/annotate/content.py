"""What a question said when it was annotated."""

from preceptor.domain import Question, digest


def content_of(question: Question) -> str:
    """Hash of everything that annotating looks at; labels and steps that the question has are left out."""
    return digest(question.text, question.kind, question.key, question.options)
