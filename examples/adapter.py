#!/usr/bin/env python3
"""An adapter for cupel: one operation of one system, behind the whole protocol. docs/ADAPTERS.md explains it.

Try it:  cupel smoke --adapter 'python3 examples/adapter.py'
         cupel check --adapter 'python3 examples/adapter.py'
"""
import json
import sys


class Refusal(Exception):
    """The system refuses the request; the message is compared to the letter."""


class Misfit(Exception):
    """The request is not of the type that the operation takes."""


def arches(request, options):
    """obuilder/arches: which system call tables a seccomp filter needs on a machine, by what `uname -m` printed."""
    if not isinstance(request, dict) or not isinstance(request.get("unameOutput"), str):
        raise Misfit("/request/unameOutput: expected a string")
    output = request["unameOutput"]
    if output == "":
        raise Refusal("End_of_file")
    if request.get("unameExit", 0) != 0:
        raise Refusal("Failed to get arch with 'uname -m'")
    machine = output.split("\n")[0].strip(" \t\r\n\f")
    return {
        "x86_64": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        "aarch64": ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
    }.get(machine, [])


OPERATIONS = {("obuilder", "arches"): arches}


def initialize(params):
    if params["protocol"] != 1:
        return {"error": {"code": 3, "message": "only protocol 1", "data": {"supported": [1]}}}
    names = {}
    for system, operation in OPERATIONS:
        names.setdefault(system, []).append(operation)
    return {"result": {"protocol": 1, "implementation": {"name": "example", "version": "1.0"}, "operations": names}}


def generate(params):
    operation = OPERATIONS.get((params["system"], params["operation"]))
    if operation is None:
        return {"error": {"code": 2, "message": "not implemented"}}
    try:
        return {"result": operation(params["request"], params["options"])}
    except Refusal as refusal:
        return {"error": {"code": 1, "message": str(refusal)}}
    except Misfit as misfit:
        return {"error": {"code": -32602, "message": str(misfit)}}


METHODS = {"initialize": initialize, "generate": generate, "shutdown": lambda params: {"result": None}}

for line in sys.stdin.buffer:
    message = json.loads(line)
    method = METHODS.get(message["method"])
    answer = method(message["params"]) if method else {"error": {"code": -32601, "message": "no such method"}}
    # One line of ASCII, at once: standard output is for answers alone, whatever else there is to say goes to sys.stderr.
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], **answer}), flush=True)
    if message["method"] == "shutdown":
        sys.exit(0)
