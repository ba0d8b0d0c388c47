"""Programs of layers are found where Lambda has them: here each layer stays a folder of its own."""

import os
import subprocess
import sys

OPT = "/opt/"


def open_layers(folders):
    start = subprocess.Popen.__init__

    def start_from_layer(self, args, *others, **options):
        if isinstance(args, (list, tuple)) and args and str(args[0]).startswith(OPT):
            args = layer_command(str(args[0]), folders.split(os.pathsep)) + list(args[1:])
        start(self, args, *others, **options)

    subprocess.Popen.__init__ = start_from_layer


def layer_command(program, folders):
    """Where a program of /opt is here, behind this interpreter where it asks for one of Lambda's own."""
    candidates = [os.path.join(folder, program[len(OPT) :]) for folder in folders]
    found = next((it for it in candidates if os.path.isfile(it)), None)
    if found is None or os.path.exists(program):
        return [program]
    with open(found, "rb") as file:
        is_for_lambda = file.readline(64).startswith(b"#!/var/lang/bin/python")
    if not is_for_lambda:
        return [found]
    # Beside the environments' folders: a layer is not ours to write to, and compiling is most of a start.
    return [sys.executable, "-X", "pycache_prefix=" + sys.pycache_prefix, found]
