from decimal import Decimal

import httpx


class Payments:
    """The payment provider. The only host that this program talks to: see policies/shop.drl."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None):
        self._client = httpx.Client(base_url=url, transport=transport, timeout=10)

    def charge(self, amount: Decimal, currency: str) -> str:
        answer = self._client.post("/charges", json={"amount": str(amount), "currency": currency})
        answer.raise_for_status()
        return answer.json()["receipt"]
