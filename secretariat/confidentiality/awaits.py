"""What is awaited of participants about labels: an answer to a lowering that is proposed."""

from __future__ import annotations

from secretariat.confidentiality import decided
from secretariat.core import awaited

awaited.register("lowering", decided.awaited_answers, rare=decided.rows_awaiting_answer)
