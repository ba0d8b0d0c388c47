import * as cdk from "aws-cdk-lib/core";
import { AgentcoreRuntimeMcpStack } from "../lib/agentcore-runtime-mcp-stack";

const app = new cdk.App();

const stack = new AgentcoreRuntimeMcpStack(app, "WebSearchRuntime", {
  env: {
    account: process.env.CDK_DEFAULT_ACCOUNT,
    region: process.env.CDK_DEFAULT_REGION,
  },
  openaiApiKey: process.env.OPENAI_API_KEY ?? "",
});

// Another address of the same API, without a change of the stack as it was printed.
if (process.env.OPENAI_BASE_URL) {
  const runtime = stack.node.findChild("RuntimeMCP").node.defaultChild as cdk.CfnResource;
  runtime.addPropertyOverride(
    "EnvironmentVariables.OPENAI_BASE_URL",
    process.env.OPENAI_BASE_URL
  );
}
