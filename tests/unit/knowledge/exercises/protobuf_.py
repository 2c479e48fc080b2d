"""protobuf: the C implementation's imports, and well-known types by their names."""

from google.protobuf import any_pb2, json_format, struct_pb2, timestamp_pb2

stamp = timestamp_pb2.Timestamp()
stamp.GetCurrentTime()
json_format.MessageToJson(stamp)
struct = struct_pb2.Struct()
struct.update({"a": 1})
any_pb2.Any().Pack(stamp)
