"""Rebuilds the fixed-lambda fits of the golden files by dense least squares, and prints the differences."""

import csv
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent


def basis(x, lo, hi, k):
    """Cubic B-splines on equally spaced knots, shape (n, k)."""
    position = (x - lo) / (hi - lo) * (k - 3)
    cell = np.minimum(np.floor(position).astype(int), k - 4)
    v = position - cell
    u = 1 - v
    pieces = [u**3, 3 * v**3 - 6 * v**2 + 4, 3 * u**3 - 6 * u**2 + 4, v**3]
    out = np.zeros((len(x), k))
    for a, piece in enumerate(pieces):
        out[np.arange(len(x)), cell + a] = piece / 6
    return out


def read(data):
    if "data_csv" in data:
        with open(HERE / pathlib.Path(data["data_csv"]).name) as file:
            rows = [row for row in csv.reader(file) if row[0].replace(".", "").replace("-", "")[:1].isdigit()]
        columns = np.array(rows, dtype=float).T
    else:
        columns = np.array([[float(value) for value in data[name]] for name in "xyz"])
    return columns[:, np.isfinite(columns).all(axis=0)]


def fit(x, y, z, box, k, lam):
    """Penalised least squares: coefficients, edf, residual sum of squares."""
    design = np.einsum("ni,nj->nij", basis(x, *box[0], k), basis(y, *box[1], k)).reshape(len(x), -1)
    d = np.diff(np.eye(k), n=2, axis=0)
    penalty = lam[0] * np.kron(d.T @ d, np.eye(k)) + lam[1] * np.kron(np.eye(k), d.T @ d)
    gram = design.T @ design
    beta = np.linalg.solve(gram + penalty, design.T @ z)
    edf = np.trace(np.linalg.solve(gram + penalty, gram))
    return beta, edf, float(((z - design @ beta) ** 2).sum())


for path in sorted(HERE.glob("*.json")):
    data = json.loads(path.read_text())
    worst = [0.0, 0.0]
    for ref in data.get("ref", {}).values():
        x, y, z = read(data)
        for want in ref["fixed"]:
            beta, edf, _ = fit(x, y, z, ref["domain"], ref["kx"], want["lambda_"])
            rows = basis(np.array(data["grid"]["x"]), *ref["domain"][0], ref["kx"])
            columns = basis(np.array(data["grid"]["y"]), *ref["domain"][1], ref["ky"])
            grid = rows @ beta.reshape(ref["kx"], ref["ky"]) @ columns.T
            worst[0] = max(worst[0], float(np.abs(grid.ravel() - want["grid"]).max()))
            worst[1] = max(worst[1], abs(edf - want["edf"]))
    if data.get("ref"):
        print(f"{path.stem:24} grid {worst[0]:.1e}   edf {worst[1]:.1e}")
