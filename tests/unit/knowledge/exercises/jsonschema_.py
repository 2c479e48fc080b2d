"""jsonschema: the meta-schemas."""

import jsonschema

jsonschema.validate({"a": 1}, {"type": "object", "properties": {"a": {"type": "integer"}}})
jsonschema.Draft202012Validator({"$ref": "http://json-schema.org/draft-07/schema#"}).is_valid({})
