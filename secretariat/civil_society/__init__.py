"""The civil-society track: what a network submits to the governments of a process, and how it is answered."""
