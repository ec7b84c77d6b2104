"""What is done with labels: changing one, planning and proposing a lowering, days on which to look again."""

from secretariat.confidentiality.service.changing import Bearing, Change, Wanted, change, check, weighed
from secretariat.confidentiality.service.lowering import call_off, lower_what_is_due, plan_lowering
from secretariat.confidentiality.service.proposing import answer, propose, take_back
from secretariat.confidentiality.service.reviewing import look_again_on, looked_at
from secretariat.core.refusals import NotAllowed, Refused

__all__ = [
    "Bearing",
    "Change",
    "NotAllowed",
    "Refused",
    "Wanted",
    "answer",
    "call_off",
    "change",
    "check",
    "look_again_on",
    "looked_at",
    "lower_what_is_due",
    "plan_lowering",
    "propose",
    "take_back",
    "weighed",
]
