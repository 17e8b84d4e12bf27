"""Readers of banks and logs, their splits and their union."""

from preceptor.data.merge import merge_logs
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, Reader, ReadOptions, Reject
from preceptor.data.registry import make_reader, reader_names
from preceptor.data.splits import Split, split_by_student

__all__ = [
    "Imported",
    "Problem",
    "ReadOptions",
    "Reader",
    "Reject",
    "Split",
    "make_reader",
    "merge_logs",
    "reader_names",
    "settle",
    "split_by_student",
]
