"""Loaded into every Python process of an agent runtime before its own code (PYTHONPATH)."""

import os
import sys

import catamaran_contract_port  # noqa: F401


def _run_hidden_sitecustomize():
    """Python runs one sitecustomize only; this one must not hide the one of the installation."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    here = os.path.dirname(os.path.abspath(__file__))
    others = [entry for entry in sys.path if os.path.abspath(entry) != here]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(module_from_spec(spec))


_run_hidden_sitecustomize()
