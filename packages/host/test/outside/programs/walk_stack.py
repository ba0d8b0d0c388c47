"""Makes, changes and removes a stack with boto3, its waiters and its paginators. Written for AWS:
nothing in here knows of another host."""

import json

import boto3

cloudformation = boto3.client("cloudformation")
parameters = boto3.client("ssm")
PATIENCE = {"Delay": 1, "MaxAttempts": 60}


def template(values):
    resources = {
        name: {
            "Type": "AWS::SSM::Parameter",
            "Properties": {"Name": f"/walk/{name}", "Type": "String", "Value": value},
        }
        for name, value in values.items()
    }
    outputs = {"First": {"Value": {"Fn::GetAtt": ["A", "Value"]}, "Export": {"Name": "first"}}}
    return json.dumps({"Resources": resources, "Outputs": outputs})


def wait(name, **arguments):
    cloudformation.get_waiter(name).wait(WaiterConfig=PATIENCE, **arguments)


name = {"StackName": "walk"}
stack_id = cloudformation.create_stack(**name, TemplateBody=template({"A": "one"}))["StackId"]
wait("stack_exists", **name)
wait("stack_create_complete", **name)
created = boto3.resource("cloudformation").Stack("walk")
assert created.stack_id == stack_id
assert created.outputs == [{"OutputKey": "First", "OutputValue": "one", "ExportName": "first"}]

cloudformation.update_stack(**name, TemplateBody=template({"A": "two", "B": "new"}))
wait("stack_update_complete", **name)
values = parameters.get_parameters_by_path(Path="/walk")["Parameters"]

change_set = {**name, "ChangeSetName": "third"}
cloudformation.create_change_set(**change_set, TemplateBody=template({"A": "three"}))
wait("change_set_create_complete", **change_set)
changes = cloudformation.describe_change_set(**change_set)["Changes"]
cloudformation.execute_change_set(**change_set)
wait("stack_update_complete", **name)

try:
    cloudformation.update_stack(**name, TemplateBody=template({"A": "three"}))
except cloudformation.exceptions.ClientError as error:
    refused = error.response["Error"]

events = cloudformation.get_paginator("describe_stack_events").paginate(**name)
statuses = [event["ResourceStatus"] for page in events for event in page["StackEvents"]]
created.delete()
wait("stack_delete_complete", StackName=stack_id)

print(
    json.dumps(
        {
            "values": sorted(value["Value"] for value in values),
            "changes": [
                [change["ResourceChange"]["Action"], change["ResourceChange"]["LogicalResourceId"]]
                for change in changes
            ],
            "refused": [refused["Code"], refused["Message"]],
            "first": statuses[-1],
            "last": statuses[0],
        }
    )
)
