"""Mail that comes in: the address of each track, what a message is, and the mailbox it is fetched from.

What is done with it is the business of follow-up (`follow_up.answered`): nothing here knows a commitment.
"""
