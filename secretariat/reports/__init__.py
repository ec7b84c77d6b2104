"""Progress reports: what was reported on a plan from a day to a day, frozen for its readers when issued."""
