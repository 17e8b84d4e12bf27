"""Which world serves which model."""

from preceptor.mind import MindModel
from preceptor.recommend.mind_world import MindWorld
from preceptor.recommend.vector_world import VectorWorld
from preceptor.recommend.world import World
from preceptor.trace.semantic_dkt import SemanticDktTracer


def world_for(model: MindModel, *, timed: bool = False) -> World:
    """The fast world where it can serve, that of minds otherwise.

    Args:
        model: Tracer and curve.
        timed: Whether time is to pass between answers, which only minds know.
    """
    if isinstance(model.tracer, SemanticDktTracer) and not timed:
        return VectorWorld(model.tracer)
    return MindWorld(model)
