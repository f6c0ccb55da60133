from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from SHOP_* variables; `blast start --env SHOP_CURRENCY=EUR` sets one for everything that runs."""

    model_config = SettingsConfigDict(env_prefix="SHOP_")

    database: str = "sqlite://"
    currency: str = "EUR"
    locale: str = "en_US"
    payments: str = "https://api.payments.example"
