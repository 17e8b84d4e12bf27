"""Reads and checks what students type: an own small grammar, and algebra in a process that can be killed."""

from preceptor.answers.check import DONT_KNOW, Verdict, VerdictOutcome, check, is_dont_know, preview
from preceptor.answers.latex import latex
from preceptor.answers.parser import parse
from preceptor.answers.tokens import Unreadable
from preceptor.answers.vet import VettedBank, defect, kind_of, self_grade, vet, vet_bank
from preceptor.answers.worker import Worker

__all__ = [
    "DONT_KNOW",
    "Unreadable",
    "Verdict",
    "VerdictOutcome",
    "VettedBank",
    "Worker",
    "check",
    "defect",
    "is_dont_know",
    "kind_of",
    "latex",
    "parse",
    "preview",
    "self_grade",
    "vet",
    "vet_bank",
]
