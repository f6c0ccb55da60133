from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"

    sku: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(ForeignKey("item.sku"))
    quantity: Mapped[int]
    receipt: Mapped[str]
    item: Mapped[Item] = relationship()

    @property
    def total(self) -> Decimal:
        return self.item.price * self.quantity


class Store:
    """The catalogue and the orders in one database."""

    def __init__(self, url: str):
        in_memory = {"connect_args": {"check_same_thread": False}, "poolclass": StaticPool} if url == "sqlite://" else {}
        self._engine = create_engine(url, **in_memory)
        Base.metadata.create_all(self._engine)

    def session(self) -> Session:
        return Session(self._engine, expire_on_commit=False)

    def add(self, *items: Item) -> None:
        with self.session() as session, session.begin():
            session.add_all(items)

    def catalogue(self) -> list[Item]:
        with self.session() as session:
            return list(session.scalars(select(Item).order_by(Item.name)))
