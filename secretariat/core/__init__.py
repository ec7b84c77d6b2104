"""What every feature stands on: database, sessions with one pair of eyes, labels, clock, audit trail, jobs."""
