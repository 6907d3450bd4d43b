"""The most similar rows of a sparse matrix of unit rows: every pair for few rows, candidates by rare features for many.

For many rows each one is held against those that share one of its heaviest features; a feature that occurs in too many
rows proposes nobody. The work grows with the number of rows, not with its square; what a common word alone would find
is not found (such pairs are the least similar ones).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

EXACT_ROWS = 1_000  # up to here every pair is computed
_BLOCK = 512
_FEATURES = 24  # a row's heaviest features ask for candidates
_POSTING = 64  # a feature in more rows than this asks for none
_PRESELECTED = 4  # times k candidates are computed in full


def nearest_rows(
    matrix: sparse.csr_matrix, k: int, groups: np.ndarray | None = None, exact_rows: int = EXACT_ROWS
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (row, other, similarity) of each row's k nearest others, the nearest first; similarity 0 is left out.

    With `groups` (a number a row) the others of a row are those of other groups alone.
    """
    if matrix.shape[0] <= exact_rows:
        return _all_pairs(matrix, k, groups)
    return _candidate_pairs(matrix, k, groups)


def _all_pairs(
    matrix: sparse.csr_matrix, k: int, groups: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    turned = matrix.T.tocsc()
    parts = []
    for start in range(0, matrix.shape[0], _BLOCK):
        block = matrix[start : start + _BLOCK].dot(turned).tocoo()
        parts.append(_best(block.row + start, block.col, block.data, k, groups))
    return _joined(parts)


def _candidate_pairs(
    matrix: sparse.csr_matrix, k: int, groups: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n_rows = matrix.shape[0]
    in_rows = np.bincount(matrix.indices, minlength=matrix.shape[1])
    askers = _heaviest(matrix, (in_rows > 1) & (in_rows <= _POSTING))
    holders = matrix.T.tocsr()
    parts = []
    for start in range(0, n_rows, _BLOCK):
        asked = askers[start : start + _BLOCK].dot(holders).tocoo()
        # what the heaviest features alone say picks those for whom the whole product is worth computing
        rows, others, _ = _best(asked.row + start, asked.col, asked.data, k * _PRESELECTED, groups)
        score = np.asarray(matrix[rows].multiply(matrix[others]).sum(axis=1)).ravel()
        parts.append(_best(rows, others, score, k, groups))
    return _joined(parts)


def _heaviest(matrix: sparse.csr_matrix, allowed: np.ndarray) -> sparse.csr_matrix:
    """The same rows with at most _FEATURES allowed features each."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keep = allowed[matrix.indices]
    rows, columns, weights = rows[keep], matrix.indices[keep], matrix.data[keep]
    order = np.lexsort((-weights, rows))
    rows, columns, weights = rows[order], columns[order], weights[order]
    first = np.searchsorted(rows, np.arange(matrix.shape[0]))
    keep = np.arange(len(rows)) - first[rows] < _FEATURES
    return sparse.csr_matrix((weights[keep], (rows[keep], columns[keep])), shape=matrix.shape)


def _best(
    rows: np.ndarray, others: np.ndarray, score: np.ndarray, k: int, groups: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    apart = (rows != others) if groups is None else (groups[rows] != groups[others])
    apart &= score > 1e-6
    rows, others, score = rows[apart], others[apart], score[apart]
    order = np.lexsort((others, -score, rows))
    rows, others, score = rows[order], others[order], score[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return rows[place < k], others[place < k], np.minimum(score[place < k], 1.0)


def _joined(
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if not parts:
        return np.empty(0, int), np.empty(0, int), np.empty(0, np.float32)
    rows, others, score = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return rows, others, score
