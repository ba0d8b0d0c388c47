#!/usr/bin/env bash
# Copies, synchronises and presigns with the AWS command line. Written for AWS: nothing in here knows of
# another host. FOLDER is an empty folder for files.
set -euo pipefail

bucket=walked-by-aws
cd "$FOLDER"
mkdir -p site/deep/er
echo home > site/index.html
echo page > site/deep/page.html
echo leaf > 'site/deep/er/a leaf & more+.txt'
head -c 20000000 /dev/urandom > site/large.bin

aws s3 mb "s3://$bucket" > /dev/null
aws s3 sync site "s3://$bucket/site" --no-progress | wc -l | xargs echo uploaded:
aws s3 sync site "s3://$bucket/site" --no-progress | wc -l | xargs echo again:
echo changed > site/deep/page.html
touch -d '+2 seconds' site/deep/page.html
aws s3 sync site "s3://$bucket/site" --no-progress | wc -l | xargs echo changed:
aws s3 ls "s3://$bucket/site/" | awk '{ print $NF }' | xargs echo listed:
aws s3 ls "s3://$bucket" --recursive --summarize | grep 'Total Objects' | xargs echo
aws s3 cp "s3://$bucket/site/index.html" - | xargs echo read:
echo streamed | aws s3 cp - "s3://$bucket/from-stdin"
aws s3 cp "s3://$bucket/from-stdin" "s3://$bucket/copy" --no-progress > /dev/null
aws s3 mv "s3://$bucket/copy" "s3://$bucket/moved" --no-progress > /dev/null
curl --silent --fail "$(aws s3 presign "s3://$bucket/moved" --expires-in 60)" | xargs echo presigned:
aws s3 sync "s3://$bucket/site" copy --no-progress > /dev/null
diff -r site copy && echo same
aws s3 rm "s3://$bucket/site" --recursive --exclude '*.html' | wc -l | xargs echo removed:
aws s3api head-object --bucket "$bucket" --key site/index.html --query ContentType --output text
aws s3 rb "s3://$bucket" --force > /dev/null
aws s3 ls | wc -l | xargs echo buckets:
