"""Contact lists that leave, circulars, the register of letters, invitations by letter."""
