"""Runs a Python handler over the Lambda Runtime API.

    python python-function.py <function ARN>

Follows the official client (aws/aws-lambda-python-runtime-interface-client) in what a handler sees:
how it is found, its context, the names of errors. Written with the standard library alone, and with
little of it: an import is part of every cold start.
"""

import json
import os
import socket
import sys
import time

API = "/2018-06-01/runtime"


class RuntimeFault(Exception):
    """An error of the runtime client itself, under the name the official client gives it."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.error = {
            "errorMessage": message,
            "errorType": "Runtime." + kind,
            "stackTrace": list(trace),
        }


class Connection:
    """One connection to the host's Runtime API, which answers with a Content-Length always."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.address = address
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def next(self):
        return self.call("GET", "/invocation/next")

    def post(self, path, body, headers=""):
        return self.call("POST", path, body, headers)

    def call(self, method, path, body=b"", headers=""):
        return self.send(method, API + path, body, headers)

    def get(self, path):
        return self.send("GET", path)

    def send(self, method, path, body=b"", headers=""):
        head = "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
        head %= (method, path, self.address, headers, len(body))
        self.socket.sendall(head.encode("latin-1") + body)
        return self.read_response()

    def read_response(self):
        while b"\r\n\r\n" not in self.received:
            self.receive()
        head, _, rest = self.received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        pieces, size = [rest], len(rest)
        while size < length:
            piece = self.receive_piece()
            pieces.append(piece)
            size += len(piece)
        body = b"".join(pieces)
        self.received = body[length:]
        return headers, body[:length]

    def receive(self):
        self.received += self.receive_piece()

    def receive_piece(self):
        piece = self.socket.recv(65536)
        if not piece:
            os._exit(0)  # the host is gone, and with it everybody who could be answered
        return piece


class ProvidedPackages:
    """The last of the finders: boto3 and its like come from the host when nobody has them, as on Lambda."""

    def __init__(self, connect):
        self.connect = connect

    def find_spec(self, name, path=None, target=None):
        if path is None and name in ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six"):
            return load_rarely("packages").find_spec(name, self.connect())


def load_rarely(name):
    """A module beside this one that few need: it is read by whoever does, not by every cold start."""
    from importlib import util

    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "python-function-%s.py" % name)
    spec = util.spec_from_file_location("catamaran_" + name, path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Client:
    """The calling app, as a mobile SDK describes it in the client context."""

    __slots__ = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext:
    __slots__ = ("custom", "env", "client")


class CognitoIdentity:
    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")


class LambdaContext:
    """The handler's second argument ("Python context object", Lambda developer guide)."""

    def __init__(self, headers, arn):
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn", arn)
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self.client_context = read_client_context(headers.get("lambda-runtime-client-context"))
        self.identity = CognitoIdentity()
        self.identity.cognito_identity_id = None
        self.identity.cognito_identity_pool_id = None
        self._deadline_ms = int(headers.get("lambda-runtime-deadline-ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(round(time.time() * 1000)), 0)

    def log(self, message):
        sys.stdout.write(str(message))


def read_client_context(text):
    if not text:
        return None
    value = json.loads(text)
    context = ClientContext()
    context.custom = value.get("custom")
    context.env = value.get("env")
    context.client = None
    if value.get("client"):
        context.client = Client()
        for name in Client.__slots__:
            setattr(context.client, name, value["client"].get(name))
    return context


def load_handler(name):
    """`module.function`; the module may be in folders, written with slashes or dots."""
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise RuntimeFault("MalformedHandlerName", "Bad handler '%s': %s" % (name, error))
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module %s as a handler module" % module_name
        raise RuntimeFault("BuiltInModuleConflict", message)
    try:
        import importlib

        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = "Unable to import module '%s': %s" % (module_name, error)
        raise RuntimeFault("ImportModuleError", message, trace_of(error))
    except SyntaxError as error:
        message = "Syntax error in module '%s': %s" % (module_name, error)
        line = '  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)
        raise RuntimeFault("UserCodeSyntaxError", message, [line])
    try:
        return getattr(module, function_name)
    except AttributeError:
        message = "Handler '%s' missing on module '%s'" % (function_name, module_name)
        raise RuntimeFault("HandlerNotFound", message)


def describe_error(error):
    if isinstance(error, RuntimeFault):
        return error.error
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "stackTrace": trace_of(error),
    }


def trace_of(error):
    """The frames of the author's code: ours and the import machinery's say nothing."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    own = [it for it in frames if it.filename != __file__ and "importlib" not in it.filename]
    return traceback.format_list(own)


def encode_number(value):
    """DynamoDB and others return Decimal, which JSON has no word for."""
    kind = type(value)
    if kind.__module__ == "decimal" and kind.__name__ == "Decimal":
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % kind.__name__)


def run(handler, headers, body, arn):
    try:
        event = json.loads(body)
    except ValueError as error:
        raise RuntimeFault("UnmarshalError", "Unable to unmarshal input: %s" % error)
    result = handler(event, LambdaContext(headers, arn))
    try:
        return json.dumps(result, ensure_ascii=False, default=encode_number).encode("utf-8")
    except (TypeError, ValueError, UnicodeError) as error:
        raise RuntimeFault("MarshalError", "Unable to marshal response: %s" % error)


def configure_logging():
    """The official client gives the root logger a handler; only a handler that logs pays for it."""
    logging = sys.modules.get("logging")
    if logging is None or logging.getLogger().handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(message)s", "%Y-%m-%dT%H:%M:%S"))
    logging.getLogger().addHandler(handler)


class Output:
    """A stream whose lines end with the invocation that wrote them: the host tells them apart by time."""

    def __init__(self, stream):
        self.stream = stream
        self.original = stream.write
        self.is_mid_line = False
        stream.reconfigure(line_buffering=True)
        stream.write = self.write

    def write(self, text):
        if text:
            self.is_mid_line = not text.endswith("\n")
        return self.original(text)

    def end(self):
        if self.is_mid_line:
            self.write("\n")
        self.stream.flush()


def end_output(outputs):
    for output in outputs:
        output.end()


def main():
    arn = sys.argv[1] if len(sys.argv) > 1 else ""
    connection = Connection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    sys.meta_path.append(ProvidedPackages(lambda: Connection(connection.address)))
    sys.argv[:] = [sys.argv[0]]
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]  # it was the folder of this file
    # The author's folder is not ours to write to; the next environment of this host looks there too.
    sys.pycache_prefix = os.path.join(os.path.dirname(os.environ["TMPDIR"]), "pycache")
    outputs = [Output(sys.stdout), Output(sys.stderr)]
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        end_output(outputs)
        post_error(connection, "/init/error", error)
        sys.exit(1)
    configure_logging()
    if "CATAMARAN_LAYERS" in os.environ and "subprocess" in sys.modules:
        load_rarely("layers").open_layers(os.environ["CATAMARAN_LAYERS"])
    while True:
        headers, body = connection.next()
        path = "/invocation/" + headers["lambda-runtime-aws-request-id"]
        try:
            response = run(handler, headers, body, arn)
        except Exception as error:
            end_output(outputs)
            post_error(connection, path + "/error", error)
        else:
            end_output(outputs)
            connection.post(path + "/response", response)


def post_error(connection, path, error):
    described = describe_error(error)
    kind = "Lambda-Runtime-Function-Error-Type: %s\r\n" % described["errorType"]
    connection.post(path, json.dumps(described).encode("utf-8"), kind)


main()
