"""Moves the port on which a server listens; imported once, by whichever customize module runs first.

A server for AgentCore Runtime listens on 0.0.0.0 and the port of its protocol (AgentCore developer
guide, service contracts). Here many of them live on one machine, so binding that port, or $PORT, binds
a loopback port that the kernel picks, and the port that was picked is told to the host in a file.
"""

import os


def _redirect_contract_port(port_file):
    import socket

    contract_port = os.environ.get("CATAMARAN_CONTRACT_PORT", "8000")
    contract_ports = {contract_port, os.environ.get("PORT", contract_port)}
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


if os.environ.get("CATAMARAN_PORT_FILE"):
    _redirect_contract_port(os.environ["CATAMARAN_PORT_FILE"])
