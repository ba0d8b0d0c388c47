"""Prints what `@requires_access_token` hands to a function, asynchronous and not."""

import asyncio
import json
import os

from bedrock_agentcore.identity.auth import requires_access_token

granted = requires_access_token(
    provider_name=os.environ["OAUTH2_PROVIDER_NAME"],
    scopes=os.environ["OAUTH2_SCOPES"].split(),
    auth_flow="M2M",
)


@granted
async def with_token(*, access_token: str) -> str:
    return access_token


@granted
def with_token_at_once(*, access_token: str) -> str:
    return access_token


tokens = [asyncio.run(with_token(access_token="")), with_token_at_once(access_token="")]
print(json.dumps(tokens))
