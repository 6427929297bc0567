"""The providers that are served."""

from __future__ import annotations

from typing import Final

from .acube.service import SERVICE as ACUBE
from .invoicetronic import SERVICE as INVOICETRONIC
from .invoicexpress import SERVICE as INVOICEXPRESS
from .openapi.service import SERVICE as OPENAPI
from .service import Service

SERVICES: Final[tuple[Service, ...]] = (ACUBE, INVOICETRONIC, INVOICEXPRESS, OPENAPI)
