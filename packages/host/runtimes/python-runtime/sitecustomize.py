"""Loaded into every Python process of an agent runtime before its own code (PYTHONPATH).

An MCP server for AgentCore Runtime listens on 0.0.0.0:8000 (AgentCore developer guide, MCP protocol
contract). Here many of them live on one machine, so binding that port, or $PORT, binds a loopback
port that the kernel picks, and the port that was picked is told to the host in a file.
"""

import os
import sys


def _redirect_contract_port(port_file):
    import socket

    contract_ports = {"8000", os.environ.get("PORT", "8000")}
    loopback = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
    bind = socket.socket.bind

    def announce(address):
        # Renamed into place, so that the host never reads half a line.
        with open(port_file + ".new", "w") as file:
            file.write("%s %d" % address[:2])
        os.replace(port_file + ".new", port_file)

    def bind_elsewhere(self, address):
        if (
            self.type != socket.SOCK_STREAM
            or self.family not in loopback
            or not isinstance(address, tuple)
            or str(address[1]) not in contract_ports
        ):
            return bind(self, address)
        bind(self, (loopback[self.family], 0))
        announce(self.getsockname())

    socket.socket.bind = bind_elsewhere


def _run_hidden_sitecustomize():
    """Python runs one sitecustomize only; this one must not hide the one of the installation."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    here = os.path.dirname(os.path.abspath(__file__))
    others = [entry for entry in sys.path if os.path.abspath(entry) != here]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(module_from_spec(spec))


if os.environ.get("CATAMARAN_PORT_FILE"):
    _redirect_contract_port(os.environ["CATAMARAN_PORT_FILE"])
_run_hidden_sitecustomize()
