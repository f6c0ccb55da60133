"""Calls one hook of a build backend (PEP 517, PEP 660) and writes what it returns to a file.

Runs inside the sandbox of a build, with Python 3.8 or later. The one argument is a JSON object: hook, backend, path (the
backend's folders, in the source), arguments, result (a file). Knows nothing of Blast, and nobody believes what it writes.
"""

import importlib
import json
import os
import sys


def load(backend, path):
    sys.path[:0] = path
    module, _, attributes = backend.partition(":")
    found = importlib.import_module(module)
    if path and not any(os.path.abspath(found.__file__).startswith(os.path.join(folder, "")) for folder in path):
        raise ImportError("backend-path does not hold " + module + ", which was found at " + found.__file__)
    for attribute in filter(None, attributes.split(".")):
        found = getattr(found, attribute)
    return found


def main():
    request = json.loads(sys.argv[1])
    sys.argv = [sys.argv[0]]
    hook = getattr(load(request["backend"], request["path"]), request["hook"], None)
    if hook is None:
        lines = ["missing"]
    else:
        returned = hook(*request["arguments"])
        values = [returned] if isinstance(returned, str) else list(returned)
        lines = ["done"] + [" ".join(str(value).split("\n")) for value in values]
    sys.stdout.flush()
    with open(request["result"], "w", encoding="utf-8") as result:
        result.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
