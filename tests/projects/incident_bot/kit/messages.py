"""What the service sends, as classes."""

from dataclasses import dataclass
from typing import List, Optional


@dataclass
class ExternalMessage:
    emessage_id: str
    emessage_persona_id: str
    emessage_type: str
    emessage_from: str
    emessage_to: str
    emessage_external_id: str
    emessage_payload: dict
    emessage_created_ts: float
    ws_id: str


@dataclass
class News:
    news_action: str
    news_about: str
    news_payload_emessage: Optional[ExternalMessage] = None
