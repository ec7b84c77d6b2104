"""What is done with host's lists. Services check who may, flush at most, and put acts on the trail."""

from secretariat.arrangements.service.lists import (
    Facts,
    Given,
    SeenTo,
    add_person,
    change_facts,
    erase_what_is_over,
    follow_meeting,
    give,
    name_protocol_officer,
    open_list,
    remove_person,
    see_to,
)

__all__ = [
    "Facts",
    "Given",
    "SeenTo",
    "add_person",
    "change_facts",
    "erase_what_is_over",
    "follow_meeting",
    "give",
    "name_protocol_officer",
    "open_list",
    "remove_person",
    "see_to",
]
