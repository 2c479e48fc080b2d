"""pydantic: validation, errors, JSON, a schema."""

import datetime
import json
from decimal import Decimal

from pydantic import BaseModel, Field, ValidationError, field_validator


class Item(BaseModel):
    name: str = Field(min_length=2)
    price: Decimal
    due: datetime.date | None = None
    tags: list[str] = []

    @field_validator("tags")
    @classmethod
    def lower(cls, value: list[str]) -> list[str]:
        return [tag.lower() for tag in value]


item = Item.model_validate_json('{"name": "tea", "price": "3.50", "due": "2024-02-29", "tags": ["A", "b"]}')
print(item.model_dump_json())
try:
    Item(name="x", price="much")
except ValidationError as error:
    print(error.error_count(), sorted(entry["type"] for entry in error.errors()))
print(json.dumps(Item.model_json_schema(), sort_keys=True))
