"""What each kind of mail is about and what belongs in it: one file a room."""
