"""People, their contact cards and appointments; from them follow the viewers everything is read with."""
