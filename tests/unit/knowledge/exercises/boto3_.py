"""boto3: clients and resources of several services, answers of a stand-in."""

import datetime

import boto3
from botocore.stub import Stubber

keys = {"region_name": "eu-central-1", "aws_access_key_id": "a", "aws_secret_access_key": "b"}
client = boto3.client("s3", **keys)
with Stubber(client) as stub:
    stub.add_response("list_buckets", {"Buckets": [{"Name": "x", "CreationDate": datetime.datetime(2020, 1, 1)}]})
    assert client.list_buckets()["Buckets"][0]["Name"] == "x"
client.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
client.get_paginator("list_objects_v2")
client.get_waiter("bucket_exists")
boto3.resource("s3", **keys).Bucket("b").Object("k")
boto3.resource("dynamodb", **keys).Table("t")
boto3.resource("ec2", **keys).Instance("i")
boto3.session.Session().get_available_regions("ec2")
