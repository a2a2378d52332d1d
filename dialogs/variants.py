"""The same arm for the same person, for good, without keeping score of anybody."""

import hashlib

from dialogs.script import Experiment


def draw(experiment: Experiment, person: str) -> str:
    """The arm of ``experiment`` for ``person``: a hash of both, spread by the arms' weights.

    Independent between experiments, stable as long as arms and weights stay. Weights that sum to 0 draw the first.
    """
    total = sum(experiment.arms.values())
    arms = list(experiment.arms)
    if total <= 0:
        return arms[0]
    digest = hashlib.blake2b(f"{experiment.name}\0{person}".encode(), digest_size=8).digest()
    point = int.from_bytes(digest) % total
    for arm, weight in experiment.arms.items():
        point -= weight
        if point < 0:
            return arm
    return arms[-1]
