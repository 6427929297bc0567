"""OpenAPI.com as it is served: every row of its table and what answers it."""

from __future__ import annotations

from typing import Final

from ...remote.providers.openapi import PROVIDER
from ..service import Service
from . import access, configurations, machine, receipts

SERVICE: Final = Service(
    PROVIDER,
    {
        "openapi.configurations.list": configurations.all_of_them,
        "openapi.configurations.create": configurations.create,
        "openapi.configurations.get": configurations.get,
        "openapi.configurations.update": configurations.update,
        "openapi.configurations.delete": configurations.delete,
        "openapi.receipts.list": receipts.listed,
        "openapi.receipts.create": receipts.create,
        "openapi.receipts.get": receipts.get,
        "openapi.receipts.return": receipts.give_back,
        "openapi.receipts.void": receipts.void,
        "openapi.oauth_v2.create_token": access.tokens,
        "openapi.oauth_v1.create_token": access.token_v1,
    },
    enter=access.enter,
    refused=access.refused,
    tick=machine.tick,
    prefixes=("/openapi",),
)
