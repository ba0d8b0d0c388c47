"""Asks the host for a package that Lambda would bring along, and waits until it is there."""

import json
import sys
from importlib.machinery import PathFinder


def find_spec(name, connection):
    """`connection` is one of its own: an import may happen in any thread."""
    _, body = connection.get("/catamaran/packages/" + name)
    answer = json.loads(body)
    if "folder" not in answer:
        raise ModuleNotFoundError("No module named '%s'. %s" % (name, answer["errorMessage"]), name=name)
    if answer["folder"] not in sys.path:
        sys.path.append(answer["folder"])
    return PathFinder.find_spec(name)
