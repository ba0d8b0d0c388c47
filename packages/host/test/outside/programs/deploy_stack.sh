#!/usr/bin/env bash
# Packages and deploys a template with the AWS command line, changes it, and takes it down. Written for
# AWS: nothing in here knows of another host. FOLDER is an empty folder for files.
set -euo pipefail

cd "$FOLDER"
mkdir function
cat > function/index.py <<'PY'
import os

def lambda_handler(event, context):
    return f"{os.environ['GREETING']}, {event['name']}!"
PY
cat > template.yaml <<'YAML'
Description: A function, deployed by the AWS command line
Parameters:
  Greeting: { Type: String, Default: Hello }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.lambda_handler
      Role: !GetAtt Role.Arn
      Timeout: 30
      Code: function
      Environment: { Variables: { GREETING: !Ref Greeting } }
Outputs:
  Name: { Value: !Ref Function }
YAML

bucket=templates-of-the-shell
aws s3 mb "s3://$bucket" > /dev/null
aws cloudformation package --template-file template.yaml --s3-bucket "$bucket" \
  --output-template-file packaged.yaml > /dev/null 2>&1 # its progress goes to stderr

deploy() {
  aws cloudformation deploy --stack-name shell --capabilities CAPABILITY_IAM --tags team=blue \
    --template-file "$@" > deploy.log 2>&1 || { cat deploy.log >&2; return 1; }
  tail -1 deploy.log
}
call() {
  aws lambda invoke --function-name "$(output Name)" --payload '{"name":"Ada"}' answer.json > /dev/null
  cat answer.json
  echo
}
output() {
  aws cloudformation describe-stacks --stack-name shell --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

deploy packaged.yaml
call
deploy packaged.yaml --no-fail-on-empty-changeset
deploy packaged.yaml --parameter-overrides Greeting=Bonjour
call
# a template too long for a request goes by way of the bucket
{ cat packaged.yaml; for _ in $(seq 900); do printf '# %060d\n' 0; done } > long.yaml
deploy long.yaml --s3-bucket "$bucket" --no-fail-on-empty-changeset
aws cloudformation validate-template --template-body file://template.yaml --output text \
  --query Description
aws cloudformation delete-stack --stack-name shell
aws cloudformation wait stack-delete-complete --stack-name shell
{ aws cloudformation describe-stacks --stack-name shell 2>&1 || true; } |
  grep -o 'Stack with id shell does not exist'
