"""SQLAlchemy: a dialect by its URL, and modules that it imports late."""

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """Base of the tables."""


class User(Base):
    """A table."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = sa.create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(User(name="x"))
    session.commit()
    session.scalars(sa.select(User).where(User.name == "x")).all()
sa.inspect(engine).get_table_names()
