"""Builds both hulls with boto3, uses them, and takes them down again.

pool → client → function → gateway → target → token → tools/call;
runtime → endpoint → invoke → stop → delete.

Written for AWS: nothing in here knows of another host. The environment names a bucket folder with a
zip for the runtime (BUCKET, KEY, RUNTIME), as one would have put it into S3 beforehand.
"""

import base64
import io
import json
import os
import time
import urllib.parse
import urllib.request
import uuid
import zipfile

import boto3

region = os.environ["AWS_REGION"]
control = boto3.client("bedrock-agentcore-control")
data = boto3.client("bedrock-agentcore")
cognito = boto3.client("cognito-idp")
functions = boto3.client("lambda")
role = f"arn:aws:iam::{boto3.client('sts').get_caller_identity()['Account']}:role/any"

HANDLER = """
def lambda_handler(event, context):
    tool = context.client_context.custom["bedrockAgentCoreToolName"]
    return {"tool": tool, "greeting": f"Hello, {event['name']}!"}
"""


def wait_until(status, get):
    for _ in range(100):
        found = get()["status"]
        if found == status:
            return
        if found.endswith("FAILED"):
            raise SystemExit(f"became {found} instead of {status}")
        time.sleep(0.1)
    raise SystemExit(f"is still {found} and not {status}")


def wait_until_gone(get):
    for _ in range(100):
        try:
            get()
        except control.exceptions.ResourceNotFoundException:
            return
        time.sleep(0.1)
    raise SystemExit("is still there after it was deleted")


def zip_of(name, text):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, text)
    return file.getvalue()


def post(url, body, headers):
    request = urllib.request.Request(url, data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def build_gateway():
    pool_id = cognito.create_user_pool(PoolName="walk")["UserPool"]["Id"]
    prefix = f"walk-{uuid.uuid4().hex[:8]}"
    cognito.create_user_pool_domain(UserPoolId=pool_id, Domain=prefix)
    cognito.create_resource_server(
        UserPoolId=pool_id,
        Identifier="walk",
        Name="walk",
        Scopes=[{"ScopeName": "call", "ScopeDescription": "Call tools"}],
    )
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="walk",
        GenerateSecret=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["walk/call"],
    )["UserPoolClient"]

    function_arn = functions.create_function(
        FunctionName="walk",
        Runtime="python3.13",
        Role=role,
        Handler="index.lambda_handler",
        Code={"ZipFile": zip_of("index.py", HANDLER)},
        Timeout=30,
    )["FunctionArn"]
    functions.get_waiter("function_active_v2").wait(
        FunctionName="walk", WaiterConfig={"Delay": 1}
    )

    issuer = f"https://cognito-idp.{region}.amazonaws.com/{pool_id}"
    gateway = control.create_gateway(
        name="walk",
        roleArn=role,
        protocolType="MCP",
        authorizerType="CUSTOM_JWT",
        authorizerConfiguration={
            "customJWTAuthorizer": {
                "discoveryUrl": f"{issuer}/.well-known/openid-configuration",
                "allowedClients": [client["ClientId"]],
            }
        },
    )
    gateway_id = gateway["gatewayId"]
    wait_until("READY", lambda: control.get_gateway(gatewayIdentifier=gateway_id))
    schema = {
        "name": "greet_user",
        "description": "Greet a user by name",
        "inputSchema": {
            "type": "object",
            "properties": {"name": {"type": "string"}},
            "required": ["name"],
        },
    }
    target_id = control.create_gateway_target(
        gatewayIdentifier=gateway_id,
        name="greeter",
        targetConfiguration={
            "mcp": {
                "lambda": {
                    "lambdaArn": function_arn,
                    "toolSchema": {"inlinePayload": [schema]},
                }
            }
        },
        credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}],
    )["targetId"]
    target = dict(gatewayIdentifier=gateway_id, targetId=target_id)
    wait_until("READY", lambda: control.get_gateway_target(**target))
    return pool_id, prefix, client, gateway, target


def fetch_token(prefix, client):
    credentials = f"{client['ClientId']}:{client['ClientSecret']}"
    answer = post(
        f"https://{prefix}.auth.{region}.amazoncognito.com/oauth2/token",
        urllib.parse.urlencode({"grant_type": "client_credentials"}).encode(),
        {
            "Authorization": f"Basic {base64.b64encode(credentials.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    return answer["access_token"]


def call_tool(url, token):
    answer = post(
        url,
        json.dumps(
            {
                "jsonrpc": "2.0",
                "id": 1,
                "method": "tools/call",
                "params": {"name": "greeter___greet_user", "arguments": {"name": "Ada"}},
            }
        ).encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        },
    )
    return json.loads(answer["result"]["content"][0]["text"])


def walk_gateway():
    pool_id, prefix, client, gateway, target = build_gateway()
    token = fetch_token(prefix, client)
    called = call_tool(gateway["gatewayUrl"], token)

    control.delete_gateway_target(**target)
    wait_until_gone(lambda: control.get_gateway_target(**target))
    gateway_id = gateway["gatewayId"]
    control.delete_gateway(gatewayIdentifier=gateway_id)
    wait_until_gone(lambda: control.get_gateway(gatewayIdentifier=gateway_id))
    functions.delete_function(FunctionName="walk")
    cognito.delete_user_pool_domain(UserPoolId=pool_id, Domain=prefix)
    cognito.delete_user_pool(UserPoolId=pool_id)
    return called


def walk_runtime():
    runtime = control.create_agent_runtime(
        agentRuntimeName="walk",
        roleArn=role,
        networkConfiguration={"networkMode": "PUBLIC"},
        protocolConfiguration={"serverProtocol": "HTTP"},
        agentRuntimeArtifact={
            "codeConfiguration": {
                "code": {
                    "s3": {"bucket": os.environ["BUCKET"], "prefix": os.environ["KEY"]}
                },
                "runtime": os.environ["RUNTIME"],
                "entryPoint": [os.environ["ENTRY_POINT"]],
            }
        },
        environmentVariables={"GREETING": "Hello"},
    )
    runtime_id = runtime["agentRuntimeId"]
    wait_until("READY", lambda: control.get_agent_runtime(agentRuntimeId=runtime_id))
    endpoint = dict(agentRuntimeId=runtime_id, endpointName="blue")
    control.create_agent_runtime_endpoint(
        agentRuntimeId=runtime_id, name="blue", agentRuntimeVersion="1"
    )
    wait_until("READY", lambda: control.get_agent_runtime_endpoint(**endpoint))

    session = str(uuid.uuid4())
    answer = data.invoke_agent_runtime(
        agentRuntimeArn=runtime["agentRuntimeArn"],
        qualifier="blue",
        runtimeSessionId=session,
        contentType="application/json",
        accept="application/json",
        payload=json.dumps({"name": "Ada"}).encode(),
    )
    invoked = json.loads(answer["response"].read())
    if answer["runtimeSessionId"] != session:
        raise SystemExit("another session answered")
    data.stop_runtime_session(
        agentRuntimeArn=runtime["agentRuntimeArn"], qualifier="blue", runtimeSessionId=session
    )

    control.delete_agent_runtime_endpoint(**endpoint)
    wait_until_gone(lambda: control.get_agent_runtime_endpoint(**endpoint))
    control.delete_agent_runtime(agentRuntimeId=runtime_id)
    wait_until_gone(lambda: control.get_agent_runtime(agentRuntimeId=runtime_id))
    return invoked


print(json.dumps({"called": walk_gateway(), "invoked": walk_runtime()}))
