"""What stands around the product while one works on it: the supervisor behind `make run`, its mailbox, its pages."""
