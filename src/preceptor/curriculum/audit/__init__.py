"""The audit of the built-in course: sympy reads its mathematics again, and its words are checked and measured."""

from preceptor.curriculum.audit.report import Findings, audit_family, question_problems

__all__ = ["Findings", "audit_family", "question_problems"]
