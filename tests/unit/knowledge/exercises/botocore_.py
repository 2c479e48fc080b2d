"""botocore: services by their descriptions."""

import botocore.session

session = botocore.session.get_session()
client = session.create_client("s3", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
assert client.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}).startswith("https://")
assert len(session.get_available_services()) > 100
