"""Tables and figures of the papers, made again for the data at hand."""

from preceptor.workflow.reproducing.options import ReproduceOptions
from preceptor.workflow.reproducing.run import paper_names, reproduce

__all__ = ["ReproduceOptions", "paper_names", "reproduce"]
