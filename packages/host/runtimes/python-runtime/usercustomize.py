"""Python runs one sitecustomize only, and launchers (opentelemetry-instrument) put their own first."""

import catamaran_contract_port  # noqa: F401
