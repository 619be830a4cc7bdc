"""Learns a small network that ranks alternatives by their features: a linear part, and one hidden layer that sees features together.

The score of an alternative is w·x + v·relu(E x + b) for its features x; softmax over the alternatives of a question (the names
proposed for a count, the areas of a sentence), trained by AdamW (Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019)
with dropout on the hidden layer. Only numpy and scipy, sums in one order: the same examples give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_BATCH = 128
_RATES = (0.02, 0.004)  # of the linear part, of the rest; both fall to a fiftieth
_DECAY, _DROPPED = 0.02, 0.3
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8  # Adam's
_SPREAD = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The weights: `table` (features × (1 + hidden)) has those of the linear part first; `bias` and `out` are as long as the layer."""

    table: NDArray[np.float64]
    bias: NDArray[np.float64]
    out: NDArray[np.float64]

    def stored(self) -> tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.float16]]:
        """The three rounded to 16 bits, as a model's file has them."""
        return self.table.astype("float16"), self.bias.astype("float16"), self.out.astype("float16")


def nothing(hidden: int) -> Learned:
    """Weights of no feature at all, for a layer of `hidden`."""
    import numpy as np

    return Learned(table=np.zeros((0, 1 + hidden)), bias=np.zeros(hidden), out=np.zeros(hidden))


def learn(matrix: csr_matrix, marks: Sequence[float], lengths: Sequence[int], *, hidden: int, epochs: int) -> Learned:
    """Weights that make the right alternatives likely.

    `matrix` (alternatives × features) has a row for each alternative, `lengths[i]` rows for question i; `marks` say how right each
    is, and each question has one that is. `hidden` is the width of the layer, `epochs` how often all questions are gone through.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    right, sizes = np.asarray(marks, dtype=np.float64), np.asarray(lengths, dtype=np.int64)
    random = np.random.Generator(np.random.PCG64(0))
    features, asked = matrix.shape[1], len(sizes)
    table = np.concatenate([np.zeros((features, 1)), random.normal(0.0, _SPREAD, (features, hidden))], axis=1)
    out = random.uniform(-1.0, 1.0, hidden) / np.sqrt(hidden)
    weights = [table, np.zeros(hidden), out]
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in weights]
    rates = [np.array([_RATES[0], *[_RATES[1]] * hidden]), np.array(_RATES[1]), np.array(_RATES[1])]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    steps, step = epochs * -(-asked // _BATCH), 0
    with threadpool_limits(1):
        for _ in range(epochs):
            order = random.permutation(asked)
            for first in range(0, asked, _BATCH):
                chosen = order[first : first + _BATCH]
                rows = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in chosen])
                kept = (random.random((len(rows), hidden)) >= _DROPPED) / (1 - _DROPPED)
                slopes = _slopes(weights, matrix[rows], right[rows], sizes[chosen], kept)
                fall = max(0.02, 1 - step / steps)
                step += 1
                for part, slope, (mean, square), rate in zip(weights, slopes, moments, rates, strict=True):
                    mean += (1 - _FIRST) * (slope - mean)
                    square += (1 - _SECOND) * (slope * slope - square)
                    part *= 1 - fall * rate * _DECAY
                    part -= fall * rate * (mean / (1 - _FIRST**step)) / (np.sqrt(square / (1 - _SECOND**step)) + _TINY)
    return Learned(table=weights[0], bias=weights[1], out=weights[2])


def scores(sums: NDArray[Any], bias: NDArray[Any], out: NDArray[Any]) -> NDArray[Any]:
    """The scores of alternatives by the weighted sums of their features (… × (1 + hidden), the linear part first)."""
    import numpy as np

    ranked: NDArray[Any] = sums[..., 0] + np.maximum(sums[..., 1:] + bias, 0) @ out
    return ranked


def _slopes(
    weights: list[NDArray[np.float64]],
    matrix: csr_matrix,
    right: NDArray[np.float64],
    sizes: NDArray[np.int64],
    kept: NDArray[np.float64],
) -> list[NDArray[np.float64]]:
    """The derivatives of the mean loss of one batch, in the order of `weights`; `kept` scales what dropout leaves."""
    import numpy as np

    table, bias, out = weights
    sums = matrix @ table
    inner = sums[:, 1:] + bias
    hidden = np.maximum(inner, 0.0) * kept
    scores = sums[:, 0] + hidden @ out
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    owner = np.repeat(np.arange(len(sizes)), sizes)
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    hits = powers * right
    whole, part = np.add.reduceat(powers, starts), np.add.reduceat(hits, starts) + 1e-300
    slope = (powers / whole[owner] - hits / part[owner]) / len(sizes)
    back = np.empty_like(sums)
    back[:, 0] = slope
    back[:, 1:] = slope[:, None] * out * kept * (inner > 0)
    return [np.asarray(matrix.T @ back), back[:, 1:].sum(axis=0), hidden.T @ slope]
