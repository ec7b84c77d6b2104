"""Mail that leaves: the outbox, composition under the recipient's eyes, delivery, and the links mails carry."""
