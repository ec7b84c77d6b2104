"""What is done with submissions: drafting and sending on the network's side, routing and answering on the other."""
