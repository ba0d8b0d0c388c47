// `require('cfn-response')` in code that stands in a template ("cfn-response module", CloudFormation
// user guide): sends the response of a custom resource to the URL of its request.
'use strict'

exports.SUCCESS = 'SUCCESS'
exports.FAILED = 'FAILED'

/** Ends the invocation when the response was sent, as its callers expect who never return. */
exports.send = (event, context, status, data, physicalResourceId, noEcho) => {
  const body = JSON.stringify({
    Status: status,
    Reason: `See the details in CloudWatch Log Stream: ${context.logStreamName}`,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  })
  const url = new URL(event.ResponseURL)
  const { request } = require(url.protocol === 'http:' ? 'node:http' : 'node:https')
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve) => {
    const end = () => {
      context.done()
      resolve(context.done)
    }
    const sending = request(url, { method: 'PUT', headers }, (response) => {
      response.resume()
      console.log(`Status code: ${response.statusCode}`)
      end()
    })
    sending.on('error', (error) => {
      console.log(`The response was not sent: ${error.message}`)
      end()
    })
    sending.end(body)
  })
}
