"""Readers of banks and logs, their splits and their union."""

from preceptor.data.reader import Imported, Reader, ReadOptions, Reject

__all__ = ["Imported", "ReadOptions", "Reader", "Reject"]
