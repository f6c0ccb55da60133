from decimal import Decimal
from pathlib import Path
from typing import Annotated

import structlog
from babel.numbers import format_currency
from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, PositiveInt

from shop.payments import Payments
from shop.settings import Settings
from shop.store import Item, Order, Store

log = structlog.get_logger()


class OrderRequest(BaseModel):
    sku: str
    quantity: PositiveInt


class Receipt(BaseModel):
    receipt: str
    total: Decimal


def create(settings: Settings, store: Store, payments: Payments) -> FastAPI:
    app = FastAPI(title="shop")
    templates = Jinja2Templates(Path(__file__).parent / "templates")
    templates.env.filters["money"] = lambda amount: format_currency(amount, settings.currency, locale=settings.locale)

    def order(sku: str, quantity: int) -> Receipt:
        with store.session() as session, session.begin():
            item = session.get(Item, sku)
            if item is None:
                raise HTTPException(404, f"no such item: {sku}")
            placed = Order(sku=sku, quantity=quantity, item=item, receipt="")
            placed.receipt = payments.charge(placed.total, settings.currency)
            session.add(placed)
            log.info("ordered", sku=sku, quantity=quantity)
            return Receipt(receipt=placed.receipt, total=placed.total)

    @app.get("/", response_class=HTMLResponse)
    def catalogue(request: Request):
        return templates.TemplateResponse(request, "catalogue.html", {"items": store.catalogue()})

    @app.post("/orders", status_code=201)
    def place_order(wanted: OrderRequest) -> Receipt:
        return order(wanted.sku, wanted.quantity)

    @app.post("/basket", status_code=201)
    def order_from_page(sku: Annotated[str, Form()], quantity: Annotated[int, Form(gt=0)] = 1) -> Receipt:
        return order(sku, quantity)

    return app
