from decimal import Decimal

import typer
import uvicorn

from shop.app import create
from shop.payments import Payments
from shop.settings import Settings
from shop.store import Item, Store


def serve(port: int = 8000) -> None:
    """Serve the catalogue on loopback."""
    settings = Settings()
    store = Store(settings.database)
    store.add(Item(sku="T1", name="Teapot", price=Decimal("24.50")), Item(sku="C1", name="Cup", price=Decimal("6.00")))
    uvicorn.run(create(settings, store, Payments(settings.payments)), port=port)


typer.run(serve)
