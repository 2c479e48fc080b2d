"""pydantic: names that are looked up when they are used, those of version 1 among them."""

import contextlib
import datetime
import decimal
import warnings

import pydantic

warnings.simplefilter("ignore")


class Model(pydantic.BaseModel):
    """A model."""

    a: int
    b: datetime.datetime | None = None
    c: decimal.Decimal = decimal.Decimal(1)
    url: pydantic.AnyUrl | None = None
    s: pydantic.SecretStr = pydantic.SecretStr("x")


Model(a="1", url="http://x.y").model_dump_json()
Model.model_json_schema()
Model.schema()
Model.parse_raw('{"a": 1}')
with contextlib.suppress(pydantic.ValidationError):
    Model(a="x")
pydantic.TypeAdapter(list[Model]).validate_python([{"a": 1}])
pydantic.create_model("X", x=(int, 1))
pydantic.dataclasses.dataclass(type("Y", (), {"__annotations__": {"x": int}}))
for name in ("BaseConfig", "parse_obj_as", "root_validator", "validate_call", "RootModel", "EmailStr"):
    getattr(pydantic, name)
