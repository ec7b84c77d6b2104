"""Accounts: who signs in, under which hat; invitations, passwords, and what administrators do."""
