#!/usr/bin/env bash
# Builds both hulls with the AWS command line and curl, uses them, and takes the second one down again.
#
# pool → client → function → gateway → target → token → tools/call;
# runtime → endpoint → invoke → stop → delete.
#
# Written for AWS: nothing in here knows of another host. The environment names a bucket folder with a
# zip for the runtime (BUCKET, KEY, RUNTIME, ENTRY_POINT), and FUNCTION_ZIP for the function.
set -euo pipefail

role="arn:aws:iam::$(aws sts get-caller-identity --query Account --output text):role/any"

# Waits until a command prints READY; says what it printed last when that does not come.
ready() {
  local status
  for _ in $(seq 30); do
    status=$("$@" --query status --output text)
    case $status in
      READY) return ;;
      *FAILED) break ;;
    esac
    sleep 0.2
  done
  echo "$* is $status" >&2
  return 1
}

# Waits until a command fails because what it asks for is gone.
gone() {
  local answer
  for _ in $(seq 30); do
    if ! answer=$("$@" 2>&1); then
      grep -q ResourceNotFoundException <<<"$answer"
      return
    fi
    sleep 0.2
  done
  echo "$* is still there" >&2
  return 1
}

# --- the gateway hull ---

pool=$(aws cognito-idp create-user-pool --pool-name shell --query UserPool.Id --output text)
domain="shell-$RANDOM$RANDOM"
aws cognito-idp create-user-pool-domain --user-pool-id "$pool" --domain "$domain" >/dev/null
aws cognito-idp create-resource-server --user-pool-id "$pool" --identifier shell --name shell \
  --scopes ScopeName=call,ScopeDescription=Call >/dev/null
read -r client secret < <(
  aws cognito-idp create-user-pool-client --user-pool-id "$pool" --client-name shell \
    --generate-secret --allowed-o-auth-flows client_credentials \
    --allowed-o-auth-flows-user-pool-client --allowed-o-auth-scopes shell/call \
    --query 'UserPoolClient.[ClientId,ClientSecret]' --output text
)

function=$(
  aws lambda create-function --function-name shell --runtime python3.13 --role "$role" \
    --handler index.lambda_handler --timeout 30 --zip-file "fileb://$FUNCTION_ZIP" \
    --query FunctionArn --output text
)
aws lambda wait function-active-v2 --function-name shell

issuer="https://cognito-idp.$AWS_REGION.amazonaws.com/$pool"
read -r gateway url < <(
  aws bedrock-agentcore-control create-gateway --name shell --role-arn "$role" \
    --protocol-type MCP --authorizer-type CUSTOM_JWT --authorizer-configuration \
    "customJWTAuthorizer={discoveryUrl=$issuer/.well-known/openid-configuration,allowedClients=[$client]}" \
    --query '[gatewayId,gatewayUrl]' --output text
)
ready aws bedrock-agentcore-control get-gateway --gateway-identifier "$gateway"

schema='{"name":"greet_user","description":"Greet a user by name","inputSchema":{"type":"object",
  "properties":{"name":{"type":"string"}},"required":["name"]}}'
target=$(
  aws bedrock-agentcore-control create-gateway-target --gateway-identifier "$gateway" \
    --name greeter --credential-provider-configurations credentialProviderType=GATEWAY_IAM_ROLE \
    --target-configuration \
    "{\"mcp\":{\"lambda\":{\"lambdaArn\":\"$function\",\"toolSchema\":{\"inlinePayload\":[$schema]}}}}" \
    --query targetId --output text
)
of_target=(--gateway-identifier "$gateway" --target-id "$target")
ready aws bedrock-agentcore-control get-gateway-target "${of_target[@]}"

token=$(
  curl -sSf --user "$client:$secret" --data grant_type=client_credentials \
    "https://$domain.auth.$AWS_REGION.amazoncognito.com/oauth2/token" |
    sed 's/.*"access_token":"\([^"]*\)".*/\1/'
)
called=$(
  curl -sSf "$url" --header "Authorization: Bearer $token" \
    --header 'Content-Type: application/json' \
    --header 'Accept: application/json, text/event-stream' \
    --data '{"jsonrpc":"2.0","id":1,"method":"tools/call",
      "params":{"name":"greeter___greet_user","arguments":{"name":"Ada"}}}'
)

# --- the runtime hull ---

read -r runtime arn < <(
  aws bedrock-agentcore-control create-agent-runtime --agent-runtime-name shell \
    --role-arn "$role" --network-configuration networkMode=PUBLIC \
    --protocol-configuration serverProtocol=HTTP --environment-variables GREETING=Hello \
    --agent-runtime-artifact \
    "codeConfiguration={code={s3={bucket=$BUCKET,prefix=$KEY}},runtime=$RUNTIME,entryPoint=[$ENTRY_POINT]}" \
    --query '[agentRuntimeId,agentRuntimeArn]' --output text
)
ready aws bedrock-agentcore-control get-agent-runtime --agent-runtime-id "$runtime"
aws bedrock-agentcore-control create-agent-runtime-endpoint --agent-runtime-id "$runtime" \
  --name blue --agent-runtime-version 1 >/dev/null
of_endpoint=(--agent-runtime-id "$runtime" --endpoint-name blue)
ready aws bedrock-agentcore-control get-agent-runtime-endpoint "${of_endpoint[@]}"

answer=$(mktemp)
session=$(
  aws bedrock-agentcore invoke-agent-runtime --agent-runtime-arn "$arn" --qualifier blue \
    --runtime-session-id 01234567-89ab-cdef-0123-456789abcdef --content-type application/json \
    --payload '{"name":"Ada"}' \
    --query runtimeSessionId --output text "$answer"
)
invoked=$(cat "$answer")
rm "$answer"
aws bedrock-agentcore stop-runtime-session --agent-runtime-arn "$arn" --qualifier blue \
  --runtime-session-id "$session" >/dev/null

aws bedrock-agentcore-control delete-agent-runtime-endpoint "${of_endpoint[@]}" >/dev/null
gone aws bedrock-agentcore-control get-agent-runtime-endpoint "${of_endpoint[@]}"
aws bedrock-agentcore-control delete-agent-runtime --agent-runtime-id "$runtime" >/dev/null
gone aws bedrock-agentcore-control get-agent-runtime --agent-runtime-id "$runtime"

echo "{\"called\":$called,\"invoked\":$invoked}"
