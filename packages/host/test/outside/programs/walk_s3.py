"""Fills a bucket with boto3, reads it in every way, and takes it down again.

Written for AWS: nothing in here knows of another host. FOLDER is an empty folder for files.
"""

import hashlib
import json
import os
import urllib.request
from pathlib import Path

import boto3
from boto3.s3.transfer import TransferConfig

s3 = boto3.client("s3")
folder = Path(os.environ["FOLDER"])
bucket = "walked-by-boto3"
seen = {}

s3.create_bucket(Bucket=bucket)
s3.get_waiter("bucket_exists").wait(Bucket=bucket)

# A file in parts, several at a time, with progress.
large = os.urandom(18 * 1024 * 1024)
(folder / "large").write_bytes(large)
progress = []
config = TransferConfig(multipart_threshold=8 * 1024 * 1024, multipart_chunksize=6 * 1024 * 1024)
extra = {"ContentType": "application/zip", "Metadata": {"who": "Ada"}}
s3.upload_file(str(folder / "large"), bucket, "dir/large", extra, progress.append, config)
s3.download_file(bucket, "dir/large", str(folder / "again"), Config=config)
seen["large"] = (folder / "again").read_bytes() == large and sum(progress) == len(large)
head = s3.head_object(Bucket=bucket, Key="dir/large")
seen["head"] = [head["ContentType"], head["Metadata"], head["ContentLength"]]

s3.put_object(Bucket=bucket, Key="日本語/あ &+.txt", Body="こんにちは".encode())
got = s3.get_object(Bucket=bucket, Key="日本語/あ &+.txt", Range="bytes=3-5")
seen["range"] = got["Body"].read().decode()

# Addresses that anybody may use.
url = s3.generate_presigned_url(
    "get_object", Params={"Bucket": bucket, "Key": "日本語/あ &+.txt"}, ExpiresIn=60
)
with urllib.request.urlopen(url) as answer:
    seen["presigned"] = answer.read().decode()
upload = s3.generate_presigned_url(
    "put_object", Params={"Bucket": bucket, "Key": "by-url", "ContentType": "text/plain"}, ExpiresIn=60
)
sent = urllib.request.Request(
    upload, data=b"written", method="PUT", headers={"content-type": "text/plain"}
)
with urllib.request.urlopen(sent) as answer:
    seen["etag"] = answer.headers["etag"] == f'"{hashlib.md5(b"written").hexdigest()}"'

for index in range(5):
    s3.copy_object(Bucket=bucket, Key=f"copies/{index}", CopySource={"Bucket": bucket, "Key": "by-url"})
s3.copy({"Bucket": bucket, "Key": "dir/large"}, bucket, "copies/large", Config=config)
seen["copied"] = s3.head_object(Bucket=bucket, Key="copies/large")["ContentLength"]
pages = s3.get_paginator("list_objects_v2").paginate(
    Bucket=bucket, Prefix="copies/", PaginationConfig={"PageSize": 2}
)
seen["listed"] = [item["Key"] for page in pages for item in page["Contents"]]
top = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
seen["top"] = [it["Prefix"] for it in top["CommonPrefixes"]] + [it["Key"] for it in top["Contents"]]

try:
    s3.delete_bucket(Bucket=bucket)
except s3.exceptions.ClientError as error:
    seen["refused"] = error.response["Error"]["Code"]
boto3.resource("s3").Bucket(bucket).objects.all().delete()
s3.delete_bucket(Bucket=bucket)
s3.get_waiter("bucket_not_exists").wait(Bucket=bucket)

print(json.dumps(seen))
