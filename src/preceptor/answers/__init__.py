"""Reads and checks what students type: an own small grammar, and algebra in a process that can be killed."""

from preceptor.answers.check import DONT_KNOW, Verdict, VerdictOutcome, check, is_dont_know, preview, recognised
from preceptor.answers.compute import Computer, compute
from preceptor.answers.latex import latex
from preceptor.answers.notation import PROSE, as_typed
from preceptor.answers.order import items_shown, of_words
from preceptor.answers.parser import parse
from preceptor.answers.second import second_check, value_decides
from preceptor.answers.unreadable import Unreadable
from preceptor.answers.vet import VettedBank, defect, kind_of, self_grade, vet, vet_bank
from preceptor.answers.worker import Worker

__all__ = [
    "DONT_KNOW",
    "PROSE",
    "Computer",
    "Unreadable",
    "Verdict",
    "VerdictOutcome",
    "VettedBank",
    "Worker",
    "as_typed",
    "check",
    "compute",
    "defect",
    "is_dont_know",
    "items_shown",
    "kind_of",
    "latex",
    "of_words",
    "parse",
    "preview",
    "recognised",
    "second_check",
    "self_grade",
    "value_decides",
    "vet",
    "vet_bank",
]
