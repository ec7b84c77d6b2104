"""Follow-up between meetings: policies, reminders gathered in digests, the one-minute update."""
