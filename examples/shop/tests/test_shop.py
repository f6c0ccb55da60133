from decimal import Decimal

import httpx
import pytest
from fastapi.testclient import TestClient

from shop.app import create
from shop.payments import Payments
from shop.settings import Settings
from shop.store import Item, Store


@pytest.fixture
def charged() -> list[str]:
    return []


@pytest.fixture
def shop(tmp_path, charged) -> TestClient:
    def provider(request: httpx.Request) -> httpx.Response:
        charged.append(request.read().decode())
        return httpx.Response(200, json={"receipt": "r-1"})

    settings = Settings(database=f"sqlite:///{tmp_path / 'shop.db'}")
    store = Store(settings.database)
    store.add(Item(sku="T1", name="Teapot", price=Decimal("24.50")))
    return TestClient(create(settings, store, Payments(settings.payments, httpx.MockTransport(provider))))


def test_the_catalogue_shows_prices_in_the_shops_currency(shop):
    assert "Teapot, €24.50" in shop.get("/").text


def test_an_order_is_charged_once(shop, charged):
    answer = shop.post("/orders", json={"sku": "T1", "quantity": 2})
    assert (answer.status_code, answer.json()) == (201, {"receipt": "r-1", "total": "49.00"})
    assert len(charged) == 1


def test_the_page_orders_one(shop):
    assert shop.post("/basket", data={"sku": "T1"}).json()["total"] == "24.50"


@pytest.mark.parametrize(("sku", "quantity", "status"), [("nothing", 1, 404), ("T1", 0, 422)])
def test_what_cannot_be_ordered_is_not_charged(shop, charged, sku, quantity, status):
    assert shop.post("/orders", json={"sku": sku, "quantity": quantity}).status_code == status
    assert charged == []
