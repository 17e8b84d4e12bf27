"""Readers of banks and logs, their splits and their union."""

from preceptor.data.doubts import doubtful
from preceptor.data.merge import merge_logs
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, ImportedVectors, Reader, ReadOptions, Reject
from preceptor.data.registry import make_reader, reader_names
from preceptor.data.splits import (
    Split,
    assign_folds,
    brings_folds,
    read_folds,
    split_by_fold,
    split_by_student,
    write_folds,
)

__all__ = [
    "Imported",
    "ImportedVectors",
    "Problem",
    "ReadOptions",
    "Reader",
    "Reject",
    "Split",
    "assign_folds",
    "brings_folds",
    "doubtful",
    "make_reader",
    "merge_logs",
    "read_folds",
    "reader_names",
    "settle",
    "split_by_fold",
    "split_by_student",
    "write_folds",
]
