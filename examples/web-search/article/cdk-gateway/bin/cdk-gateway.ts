import * as cdk from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { AgentCoreGatewayLambdaMCPStack } from "../lib/agentcore-gateway-mcp-stack";

const app = new cdk.App();

const stack = new AgentCoreGatewayLambdaMCPStack(app, "WebSearchGateway", {
  env: {
    account: process.env.CDK_DEFAULT_ACCOUNT,
    region: process.env.CDK_DEFAULT_REGION,
  },
  openaiApiKey: process.env.OPENAI_API_KEY ?? "",
  gatewayTargetName: "LambdaTarget",
});

// Another address of the same API, without a change of the stack as it was printed.
if (process.env.OPENAI_BASE_URL) {
  const webSearch = stack.node.findChild("OpenAIWebSearchFunction") as lambda.Function;
  webSearch.addEnvironment("OPENAI_BASE_URL", process.env.OPENAI_BASE_URL);
}
